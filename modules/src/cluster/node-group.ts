import { EksNodeGroup, type EksNodeGroupTaint } from "@cdktf/provider-aws/lib/eks-node-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { checkName } from "@paved/model";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { amiTypeOf } from "./architecture";
import { nodeConfig } from "./node-config";

/** How many nodes of which kind. */
export interface NodeGroupSize {
  /** EC2 types, all of one processor architecture, in order of preference. */
  readonly instanceTypes: readonly string[];
  /** Fewest nodes. */
  readonly min: number;
  /** Most nodes. */
  readonly max: number;
  /** Root volume of each node, in GiB. */
  readonly diskGiB: number;
}

/** How many nodes of which kind, and what is special about them. */
export interface NodeGroupOptions extends NodeGroupSize {
  /** Labels on the nodes. @default - none but those of EKS */
  readonly labels?: Readonly<Record<string, string>>;
  /** Keeps pods off that do not ask for these nodes: key to value, effect NoSchedule. @default - every pod may come */
  readonly taints?: Readonly<Record<string, string>>;
}

/** What the cluster gives to all its node groups. */
export interface NodeGroupProps extends NodeGroupOptions {
  readonly clusterName: string;
  readonly kubernetesVersion: string;
  readonly securityGroupId: string;
  readonly subnetIds: readonly string[];
  readonly nodeRoleArn: string;
  /** Key of the nodes' disks. */
  readonly diskKeyArn: string;
  /** What nodes need before they start: network add-ons, permissions. */
  readonly after: ITerraformDependable[];
}

/** EKS appends this many characters to make the name unique. */
const SUFFIX_LENGTH = 26;

function taintsOf({ taints }: NodeGroupOptions): EksNodeGroupTaint[] | undefined {
  if (taints === undefined) return undefined;
  return Object.entries(taints).map(([key, value]) => ({ key, value, effect: "NO_SCHEDULE" }));
}

/**
 * Managed nodes: private addresses only, instance metadata by session token and not for pods (IMDSv2, hop limit 1:
 * checkov CKV_AWS_79, CKV_AWS_341), room for {@link MAX_PODS} pods each, no SSH, encrypted disks, a third replaced at a time, unhealthy ones replaced by
 * themselves. A change that needs new nodes makes them before it drains the old ones.
 *
 * Cost: each node is billed by the hour, its disk by size.
 *
 * @throws PavedError PVD1006, PVD1007 when the name does not fit EKS; PVD1002 when architectures are mixed
 */
export class NodeGroup extends Construct {
  readonly resource: EksNodeGroup;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    recordOrigin(this);
    const template = this.describeNodes(props);
    this.resource = this.runNodes(template, props);
  }

  private describeNodes(props: NodeGroupProps): LaunchTemplate {
    const tagged = (resourceType: string) => ({ resourceType, tags: this.nodeTags() });
    return new LaunchTemplate(this, "template", {
      name: `${props.clusterName}-${this.node.id}`,
      description: `Nodes of ${props.clusterName}`,
      updateDefaultVersion: true,
      userData: nodeConfig(),
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false",
          deleteOnTermination: "true",
          securityGroups: [props.securityGroupId],
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: props.diskGiB,
            encrypted: "true",
            kmsKeyId: props.diskKeyArn,
            deleteOnTermination: "true",
          },
        },
      ],
      // The provider's default tags do not reach what EC2 starts from a template.
      tagSpecifications: ["instance", "volume", "network-interface"].map(tagged),
    });
  }

  private nodeTags(): Record<string, string> {
    const { environment, owner, node } = stackOf(this);
    const name = `paved-${environment.name}-${this.node.id}`;
    return { Name: name, environment: environment.name, stack: node.id, owner, "managed-by": "paved" };
  }

  private runNodes(template: LaunchTemplate, props: NodeGroupProps): EksNodeGroup {
    return new EksNodeGroup(this, "nodes", {
      clusterName: props.clusterName,
      nodeGroupNamePrefix: this.namePrefix(),
      version: props.kubernetesVersion,
      nodeRoleArn: props.nodeRoleArn,
      subnetIds: [...props.subnetIds],
      amiType: amiTypeOf(props.instanceTypes, this.node.path),
      capacityType: "ON_DEMAND",
      instanceTypes: [...props.instanceTypes],
      launchTemplate: { id: template.id, version: template.getStringAttribute("latest_version") },
      scalingConfig: { minSize: props.min, maxSize: props.max, desiredSize: props.min },
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      labels: props.labels,
      taint: taintsOf(props),
      dependsOn: props.after,
      // The autoscaler decides how many nodes there are now; a plan must not take them away.
      lifecycle: { ignoreChanges: ["scaling_config[0].desired_size"], createBeforeDestroy: true },
    });
  }

  private namePrefix(): string {
    const prefix = `${this.node.id}-`;
    checkName("EKS node group", prefix + "0".repeat(SUFFIX_LENGTH), this.node.path);
    return prefix;
  }
}
