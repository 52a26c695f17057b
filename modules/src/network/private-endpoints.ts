import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";

/** Where the endpoints stand. */
export interface PrivateEndpointsProps {
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly subnetIds: readonly string[];
  /** What must exist before: S3 gives its private name only to a network that has its gateway as well. */
  readonly after: readonly ITerraformDependable[];
}

/** What golden paths may grant and pods then call, and where the makers of databases' users read passwords. */
const SERVICES = ["s3", "secretsmanager", "sns", "sqs"] as const;
const HTTPS = 443;

/**
 * AWS APIs inside the network: pods that are granted a queue, a topic or a bucket reach it at an address of the intra
 * subnets, so that their network policy can name where they go, and needs no way to the internet (EKS best practices,
 * "Network security"). Names resolve to the endpoints by themselves.
 *
 * Cost: each endpoint is billed by the hour and zone, and by volume.
 */
export class PrivateEndpoints extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateEndpointsProps,
  ) {
    super(scope, id);
    recordOrigin(this);
    const firewall = this.createFirewall();
    for (const service of SERVICES) this.createEndpoint(service, firewall);
  }

  private createFirewall(): SecurityGroup {
    const { environment } = stackOf(this);
    const group = new SecurityGroup(this, "firewall", {
      name: `paved-${environment.name}-endpoints`,
      description: "Who may call AWS through the endpoints of the network",
      vpcId: this.props.vpcId,
    });
    new VpcSecurityGroupIngressRule(this, "from-network", {
      securityGroupId: group.id,
      cidrIpv4: this.props.vpcCidr,
      ipProtocol: "tcp",
      fromPort: HTTPS,
      toPort: HTTPS,
      description: "HTTPS from the network; policies say which pods",
    });
    return group;
  }

  private createEndpoint(service: (typeof SERVICES)[number], firewall: SecurityGroup): void {
    const { environment } = stackOf(this);
    new VpcEndpoint(this, service, {
      vpcId: this.props.vpcId,
      serviceName: `com.amazonaws.${environment.region}.${service}`,
      vpcEndpointType: "Interface",
      subnetIds: [...this.props.subnetIds],
      securityGroupIds: [firewall.id],
      privateDnsEnabled: true,
      // Else only requests from outside the network would be answered with the endpoint's addresses.
      dnsOptions: service === "s3" ? { privateDnsOnlyForInboundResolverEndpoint: false } : undefined,
      tags: { Name: `paved-${environment.name}-${service}-private` },
      dependsOn: service === "s3" ? [...this.props.after] : undefined,
    });
  }
}
