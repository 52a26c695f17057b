import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Environment } from "@paved/model";
import { Construct } from "constructs";
import { type ContractFacts, publish } from "../contract/contract";
import { clusterContract, type networkContract } from "../contract/platform-contracts";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { pipelineRoleArn } from "../iam/pipeline-role";
import { ServiceRole } from "../iam/service-role";
import { LogGroup } from "../log-group/log-group";
import { teamGroup } from "../namespace/team-access";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { ClusterAccess, type ClusterAccessProps } from "./access";
import { AddOns } from "./add-ons";
import { clusterName } from "./cluster-name";
import { NodeGroup, type NodeGroupOptions } from "./node-group";

/** Where the cluster stands; all else is the environment's to say. */
export interface ClusterProps {
  /** Facts of the network: `consume(scope, networkContract)`. */
  readonly network: ContractFacts<typeof networkContract.fields>;
}

const HTTPS = 443;

/** All there are (checkov CKV_AWS_37, CIS EKS 2.1.1). */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/**
 * The environment's Kubernetes cluster on EKS: reached by private addresses only (CIS EKS 5.4.2, Security Hub EKS.1), and
 * from outside of it only from ranges that the environment names, all control-plane logs kept, secrets encrypted once more with a key of its own (CIS EKS 5.3.1, EKS.3), access by
 * entries only and none for whoever created it (CIS EKS 5.5.1), network policies enforced, add-ons pinned, and managed
 * nodes in the private subnets. It does not slip into extended support: EKS upgrades it when standard support ends.
 *
 * The account must have the role `paved-platform-admin`, those of the access stack and of the environment's teams, and EC2 Auto Scaling's service-linked role.
 * Publishes `cluster@1`.
 *
 * Cost: the control plane and each node are billed by the hour, disks by size, keys monthly, logs by volume.
 *
 * @throws PavedError PVD1002 when no add-ons are pinned for the environment's Kubernetes version
 */
export class Cluster extends Construct {
  /** Literal name, see {@link clusterName}. */
  readonly name: string;
  /** Security group of control plane, nodes and pods. */
  readonly securityGroupId: string;
  readonly arn: string;
  private readonly environment: Environment;
  private readonly subnetIds: readonly string[];
  private readonly nodeRole: ServiceRole;
  private readonly diskKey: EncryptionKey;
  private readonly addOns: AddOns;
  private readonly resource: EksCluster;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    recordOrigin(this);
    this.environment = stackOf(this).environment;
    this.name = clusterName(this.environment);
    this.subnetIds = props.network.privateSubnetIds;
    this.resource = this.createControlPlane(props.network.intraSubnetIds);
    this.arn = this.resource.arn;
    this.securityGroupId = this.resource.vpcConfig.clusterSecurityGroupId;
    this.openEndpoint();
    this.admit();
    this.addOns = this.installAddOns();
    this.nodeRole = this.createNodeRole();
    this.diskKey = this.createDiskKey();
    const nodes = this.addNodeGroup("default", this.environment.cluster.nodes);
    this.addOns.afterNodes(nodes.resource);
    publish(this, clusterContract, { name: this.resource.name, securityGroupId: this.securityGroupId });
  }

  /**
   * Lets an IAM role into the cluster.
   * @returns the access that was made
   * @throws PavedError PVD1025, see {@link ClusterAccess}
   */
  addAccess(id: string, props: ClusterAccessProps): ClusterAccess {
    return new ClusterAccess(this, `access-${id}`, { ...props, clusterName: this.resource.name });
  }

  /**
   * Adds nodes of another kind.
   * @returns the node group
   * @throws PavedError PVD1002, PVD1006, PVD1007, see {@link NodeGroup}
   */
  addNodeGroup(id: string, options: NodeGroupOptions): NodeGroup {
    return new NodeGroup(this, id, {
      ...options,
      clusterName: this.name,
      kubernetesVersion: this.environment.cluster.version,
      securityGroupId: this.securityGroupId,
      subnetIds: this.subnetIds,
      nodeRoleArn: this.nodeRole.arn,
      diskKeyArn: this.diskKey.arn,
      after: [this.resource, ...this.nodeRole.ready, ...this.addOns.beforeNodes],
    });
  }

  private createControlPlane(subnetIds: readonly string[]): EksCluster {
    const secretsKey = new EncryptionKey(this, "secrets-key", {
      description: `Kubernetes secrets of ${this.name}`,
      alias: "cluster-secrets",
    });
    const role = this.createClusterRole(secretsKey);
    const logs = this.keepLogs();
    return new EksCluster(this, "control-plane", {
      name: this.name,
      version: this.environment.cluster.version,
      roleArn: role.arn,
      vpcConfig: { subnetIds: [...subnetIds], endpointPrivateAccess: true, endpointPublicAccess: false },
      enabledClusterLogTypes: LOG_TYPES,
      encryptionConfig: { resources: ["secrets"], provider: { keyArn: secretsKey.arn } },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      upgradePolicy: { supportType: "STANDARD" },
      deletionProtection: this.environment.protected,
      dependsOn: [logs.resource, ...role.ready],
      // Applications are Argo CD's and can be made again, but a cluster lost by accident takes every service with it.
      lifecycle: this.environment.protected ? { preventDestroy: true } : undefined,
    });
  }

  private createClusterRole(secretsKey: EncryptionKey): ServiceRole {
    const { account, region } = this.environment;
    return new ServiceRole(this, "control-plane-role", {
      name: "cluster",
      description: `Lets EKS run ${this.name}`,
      service: "eks.amazonaws.com",
      conditions: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:aws:eks:${region}:${account}:cluster/${this.name}` },
      },
      managedPolicies: { permissions: "AmazonEKSClusterPolicy" },
      statements: [
        { actions: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"], resources: [secretsKey.arn] },
      ],
    });
  }

  private keepLogs(): LogGroup {
    const key = new EncryptionKey(this, "logs-key", {
      description: `Control-plane logs of ${this.name}`,
      alias: "cluster-logs",
      services: [`logs.${this.environment.region}.amazonaws.com`],
    });
    return new LogGroup(this, "logs", {
      name: `/aws/eks/${this.name}/cluster`,
      retentionDays: this.environment.cluster.logRetentionDays,
      key,
    });
  }

  /**
   * The endpoint's own group lets in nodes and pods alone. Whoever applies or looks comes from ranges that the environment
   * names, and still has to say who it is.
   */
  private openEndpoint(): void {
    for (const range of this.environment.cluster.api.from) {
      new VpcSecurityGroupIngressRule(this, `api-from-${range.replaceAll(/[./]/g, "-")}`, {
        securityGroupId: this.securityGroupId,
        cidrIpv4: range,
        ipProtocol: "tcp",
        fromPort: HTTPS,
        toPort: HTTPS,
        description: `Kubernetes API from ${range}`,
      });
    }
  }

  /**
   * Who must get in: the platform team, the pipeline that plans and applies what is merged, and the teams that own services, each to what its group
   * may. Nobody else, and nobody by chance.
   */
  private admit(): void {
    const admins = `arn:aws:iam::${this.environment.account}:role/paved-platform-admin`;
    this.addAccess("admins", { principalArn: admins, policy: "cluster-admin" });
    this.addAccess("pipeline", { principalArn: pipelineRoleArn(this.environment), policy: "cluster-admin" });
    // Helm keeps its releases as secrets, which a plan of them reads: only of what is merged, never of a pull request.
    const observers = pipelineRoleArn(this.environment, "observe");
    this.addAccess("observers", { principalArn: observers, policy: "admin-view" });
    for (const [team, principalArn] of Object.entries(this.environment.teams))
      this.addAccess(`team-${team}`, { principalArn, groups: [teamGroup(team)] });
  }

  private installAddOns(): AddOns {
    return new AddOns(this, "add-ons", {
      clusterName: this.name,
      kubernetesVersion: this.environment.cluster.version,
      cluster: this.resource,
    });
  }

  /** Only to join the cluster and to pull images: what pods need, they get by identities of their own. */
  private createNodeRole(): ServiceRole {
    return new ServiceRole(this, "node-role", {
      name: "nodes",
      description: `Nodes of ${this.name}`,
      service: "ec2.amazonaws.com",
      managedPolicies: { node: "AmazonEKSWorkerNodePolicy", images: "AmazonEC2ContainerRegistryPullOnly" },
    });
  }

  private createDiskKey(): EncryptionKey {
    return new EncryptionKey(this, "disk-key", {
      description: `Disks of the nodes of ${this.name}`,
      alias: "cluster-disks",
      services: ["autoscaling.amazonaws.com"],
    });
  }
}
