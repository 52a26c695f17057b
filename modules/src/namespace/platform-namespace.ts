import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { checkName } from "@paved/model";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { useKubernetes } from "../stack/kubernetes";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { silenceDefaultAccount } from "./default-account";
import { type PodSecurityLevel, podSecurityLabels } from "./pod-security";

/** A namespace of the platform's own. */
export interface PlatformNamespaceProps {
  readonly name: string;
  /** What its pods may do to the node. @default "restricted" */
  readonly podSecurity?: PodSecurityLevel;
}

/**
 * A namespace for one add-on of the platform. Without quota, since an add-on that cannot start takes every service along.
 * Pods of it that speak to the API name an account of their own: the default one gives none its token (CIS EKS 4.1.5).
 *
 * Cost: nothing is billed.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the name does not fit Kubernetes
 */
export class PlatformNamespace extends Construct {
  /** Name of the namespace; whoever uses it waits for the namespace. */
  readonly name: string;
  /** For what needs the namespace and cannot name it by reference. */
  readonly made: ITerraformDependable;

  constructor(scope: Construct, id: string, props: PlatformNamespaceProps) {
    super(scope, id);
    recordOrigin(this);
    const { environment, owner } = stackOf(this);
    useKubernetes(stackOf(this));
    const namespace = new NamespaceV1(this, "namespace", {
      metadata: {
        name: checkName("Kubernetes name", props.name, this.node.path),
        labels: {
          ...podSecurityLabels(props.podSecurity ?? "restricted", environment.cluster.version),
          "paved.dev/environment": environment.name,
          "paved.dev/owner": checkName("Kubernetes name", owner, this.node.path),
        },
      },
    });
    this.name = namespace.metadata.name;
    this.made = namespace;
    silenceDefaultAccount(this, this.name);
  }
}
