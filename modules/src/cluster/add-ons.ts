import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ServiceRole } from "../iam/service-role";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import {
  POD_IDENTITY_ACTIONS,
  POD_IDENTITY_SERVICE,
  podIdentityConditions,
} from "../workload-identity/pod-identity-trust";
import { type AddOnName, addOnVersions } from "./add-on-versions";

/** Which cluster the add-ons are for. */
export interface AddOnsProps {
  readonly clusterName: string;
  readonly kubernetesVersion: string;
  /** The cluster itself, which add-ons wait for. */
  readonly cluster: ITerraformDependable;
}

/** Service account an add-on's pods use, and the policy kept by AWS that they need. */
const IDENTITIES = {
  "vpc-cni": { serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" },
  "aws-ebs-csi-driver": {
    serviceAccount: "ebs-csi-controller-sa",
    policy: "service-role/AmazonEBSCSIDriverPolicy",
  },
} as const;

const POD_NETWORK = {
  // Network policies are enforced only with this; without it the API accepts them and nothing happens.
  enableNetworkPolicy: "true",
  // Sixteen addresses at a time, so that a node has them for as many pods as its kubelet takes.
  env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
};

/**
 * The add-ons that EKS keeps, each at a pinned version: pod network with network policies enforced, service network,
 * names, pod identity and volumes. Those that call AWS have a role of their own by Pod Identity, so that nodes need none
 * of their permissions.
 *
 * Cost: nothing is billed for these add-ons.
 *
 * @throws PavedError PVD1002 when no versions are pinned for the Kubernetes version
 */
export class AddOns extends Construct {
  /** Nodes wait for these: without them none gets ready. */
  readonly beforeNodes: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AddOnsProps,
  ) {
    super(scope, id);
    recordOrigin(this);
    const identityAgent = this.install("eks-pod-identity-agent");
    const network = this.install("vpc-cni", { after: [identityAgent], settings: POD_NETWORK });
    this.beforeNodes = [identityAgent, network, this.install("kube-proxy")];
  }

  /** Installs the add-ons whose pods need nodes to get ready. */
  afterNodes(nodes: ITerraformDependable): void {
    this.install("coredns", { after: [nodes] });
    this.install("aws-ebs-csi-driver", { after: [nodes] });
  }

  private install(
    name: AddOnName,
    { after = [], settings }: { readonly after?: ITerraformDependable[]; readonly settings?: object } = {},
  ): EksAddon {
    const identity = this.identify(name);
    return new EksAddon(this, name, {
      clusterName: this.props.clusterName,
      addonName: name,
      addonVersion: addOnVersions(this.props.kubernetesVersion)[name],
      configurationValues: settings === undefined ? undefined : JSON.stringify(settings),
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      podIdentityAssociation: identity?.associations,
      dependsOn: [this.props.cluster, ...(identity?.ready ?? []), ...after],
    });
  }

  private identify(name: AddOnName) {
    if (name !== "vpc-cni" && name !== "aws-ebs-csi-driver") return undefined;
    const { serviceAccount, policy } = IDENTITIES[name];
    const { clusterName } = this.props;
    const role = new ServiceRole(this, `${name}-identity`, {
      name,
      description: `Identity of the add-on ${name}`,
      service: POD_IDENTITY_SERVICE,
      assumeActions: POD_IDENTITY_ACTIONS,
      conditions: podIdentityConditions(stackOf(this).environment, {
        clusterName,
        namespace: "kube-system",
        serviceAccount,
      }),
      managedPolicies: { permissions: policy },
    });
    return { ready: role.ready, associations: [{ serviceAccount, roleArn: role.arn }] };
  }
}
