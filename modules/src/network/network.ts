import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { Environment } from "@paved/model";
import { Construct } from "constructs";
import { publish } from "../contract/contract";
import { networkContract } from "../contract/platform-contracts";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { subnetsOf } from "./cidr";
import { FlowLogs } from "./flow-logs";
import { PrivateEndpoints } from "./private-endpoints";

/** Everything about the network is the environment's to say. */
export interface NetworkProps {}

type Tier = "public" | "private" | "intra";

/** Tags by which the load balancer controller finds its subnets (EKS user guide, "Subnet requirements"). */
const TIER_TAGS: Readonly<Record<Tier, Readonly<Record<string, string>>>> = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
  intra: {},
};

/**
 * The environment's network: a VPC with public, private and intra subnets in each zone. Public subnets hold load
 * balancers and NAT, private ones nodes and pods, intra ones databases and the endpoints of AWS, without a route out.
 * Nothing gets a public address by itself, the default security group lets nothing through, and every connection is logged.
 *
 * Publishes `network@1`. Zones may be added at the end of the environment's list without moving a subnet.
 *
 * Cost: each NAT gateway is billed by the hour and by volume, its address by the hour, endpoints by the hour and zone,
 * flow logs by volume.
 *
 * @throws PavedError PVD1012 when the environment's range is too small, PVD1002 when it is not a VPC's
 */
export class Network extends Construct {
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly intraSubnetIds: readonly string[];
  private readonly environment: Environment;
  private readonly zones: readonly string[];

  constructor(scope: Construct, id: string, _props: NetworkProps = {}) {
    super(scope, id);
    recordOrigin(this);
    this.environment = stackOf(this).environment;
    // The letter tells a zone from its neighbours, so it stands in ids and names: eu-west-1a is "a".
    this.zones = this.environment.network.zones.map((zone) => zone.slice(this.environment.region.length));
    const vpc = this.createVpc();
    this.vpcId = vpc.id;
    this.vpcCidr = this.environment.network.cidr;
    const ranges = subnetsOf(this.vpcCidr, this.zones.length);
    const publicSubnets = this.createSubnets("public", ranges.public);
    const privateSubnets = this.createSubnets("private", ranges.private);
    const intraSubnets = this.createSubnets("intra", ranges.intra);
    const gateway = new InternetGateway(this, "internet-gateway", { vpcId: this.vpcId, tags: this.named("internet") });
    const tables = [
      ...this.routePublic(publicSubnets, gateway),
      ...this.routePrivate(privateSubnets, this.createNats(publicSubnets, gateway)),
      ...this.routeIntra(intraSubnets),
    ];
    const gateways = this.keepAwsTrafficInside(tables);
    this.closeDefaultSecurityGroup();
    new FlowLogs(this, "flow-logs", { vpcId: this.vpcId });
    this.publicSubnetIds = publicSubnets.map((subnet) => subnet.id);
    this.privateSubnetIds = privateSubnets.map((subnet) => subnet.id);
    this.intraSubnetIds = intraSubnets.map((subnet) => subnet.id);
    new PrivateEndpoints(this, "endpoints", {
      vpcId: this.vpcId,
      vpcCidr: this.vpcCidr,
      subnetIds: this.intraSubnetIds,
      after: gateways,
    });
    this.publishFacts();
  }

  private publishFacts(): void {
    const { vpcId, vpcCidr, publicSubnetIds, privateSubnetIds, intraSubnetIds } = this;
    publish(this, networkContract, { vpcId, vpcCidr, publicSubnetIds, privateSubnetIds, intraSubnetIds });
  }

  private named(...parts: string[]): Record<string, string> {
    return { Name: ["paved", this.environment.name, ...parts].join("-") };
  }

  private createVpc(): Vpc {
    return new Vpc(this, "vpc", {
      cidrBlock: this.environment.network.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: this.named(),
    });
  }

  private createSubnets(tier: Tier, ranges: readonly string[]): Subnet[] {
    return this.zones.map(
      (zone, index) =>
        new Subnet(this, `subnet-${tier}-${zone}`, {
          vpcId: this.vpcId,
          availabilityZone: `${this.environment.region}${zone}`,
          cidrBlock: ranges[index],
          mapPublicIpOnLaunch: false,
          tags: { ...this.named(tier, zone), ...TIER_TAGS[tier] },
        }),
    );
  }

  /** One NAT gateway a zone, or one for all: then a failure of its zone cuts the others off too. */
  private createNats(subnets: readonly Subnet[], gateway: InternetGateway): NatGateway[] {
    const zones = this.environment.network.natGateways === "one" ? this.zones.slice(0, 1) : this.zones;
    return zones.map((zone, index) => {
      const tags = this.named("nat", zone);
      const address = new Eip(this, `nat-address-${zone}`, { domain: "vpc", tags });
      return new NatGateway(this, `nat-${zone}`, {
        allocationId: address.id,
        subnetId: subnets[index]?.id,
        tags,
        dependsOn: [gateway],
      });
    });
  }

  private routePublic(subnets: readonly Subnet[], gateway: InternetGateway): RouteTable[] {
    const table = this.createTable("public");
    const out = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0" };
    new Route(this, "route-public", { ...out, gatewayId: gateway.id });
    this.associate("public", subnets, () => table);
    return [table];
  }

  /** A table a zone even with one NAT gateway, so that the step to one a zone changes a route and no association. */
  private routePrivate(subnets: readonly Subnet[], nats: readonly NatGateway[]): RouteTable[] {
    const tables = this.zones.map((zone, index) => {
      const table = this.createTable("private", zone);
      const nat = nats[index] ?? nats[0];
      const out = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0" };
      new Route(this, `route-private-${zone}`, { ...out, natGatewayId: nat?.id });
      return table;
    });
    this.associate("private", subnets, (index) => tables[index]);
    return tables;
  }

  private routeIntra(subnets: readonly Subnet[]): RouteTable[] {
    const table = this.createTable("intra");
    this.associate("intra", subnets, () => table);
    return [table];
  }

  private createTable(...parts: string[]): RouteTable {
    return new RouteTable(this, `routes-${parts.join("-")}`, { vpcId: this.vpcId, tags: this.named(...parts) });
  }

  private associate(tier: Tier, subnets: readonly Subnet[], table: (index: number) => RouteTable | undefined): void {
    for (const [index, subnet] of subnets.entries()) {
      const routeTableId = table(index)?.id ?? "";
      new RouteTableAssociation(this, `association-${tier}-${this.zones[index]}`, {
        subnetId: subnet.id,
        routeTableId,
      });
    }
  }

  /** S3 (image layers too) and DynamoDB are reached without NAT, which is cheaper and never leaves AWS. */
  private keepAwsTrafficInside(tables: readonly RouteTable[]): VpcEndpoint[] {
    return ["s3", "dynamodb"].map(
      (service) =>
        new VpcEndpoint(this, `endpoint-${service}`, {
          vpcId: this.vpcId,
          serviceName: `com.amazonaws.${this.environment.region}.${service}`,
          vpcEndpointType: "Gateway",
          routeTableIds: tables.map((table) => table.id),
          tags: this.named(service),
        }),
    );
  }

  /** Without rules it lets nothing through (CIS AWS 5.4, Security Hub EC2.2, checkov CKV2_AWS_12). */
  private closeDefaultSecurityGroup(): void {
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: this.vpcId, tags: this.named("closed") });
  }
}
