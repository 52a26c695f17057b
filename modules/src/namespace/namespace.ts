import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { checkName, delivererOf, type Environment, literal, type ServiceMetadata } from "@paved/model";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { useKubernetes } from "../stack/kubernetes";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { silenceDefaultAccount } from "./default-account";
import { DeliveryAccount } from "./delivery-account";
import { NetworkRules } from "./network-rules";
import { podSecurityLabels } from "./pod-security";
import { TeamAccess } from "./team-access";

/** Whose namespace it is. */
export interface NamespaceProps {
  /** The service, who owns it and what to do when it fails. Its name is the namespace's. */
  readonly service: ServiceMetadata;
  /**
   * What must be there before the service account, and so before any pod of it: the association of its cloud identity.
   * @default - nothing but the namespace
   */
  readonly accountAfter?: readonly ITerraformDependable[];
}

/**
 * Has pods that the load balancer leads to count as ready only once it says so; without, an update would end the last old
 * pod while the new ones are still being registered (AWS Load Balancer Controller, "Pod readiness gate").
 */
const READINESS_GATE = "elbv2.k8s.aws/pod-readiness-gate-inject";

/**
 * A service's place in the cluster. Only restricted pods (CIS EKS 4.2, Pod Security Standards), no more of the cluster
 * than the environment's quota, sensible requests for containers that name none, closed to the network but for names and
 * credentials, readable by the owning team, written to by Flux where that delivers, and service accounts, its own and the default, whose token no pod gets (CIS EKS 4.1.5, 4.1.6).
 *
 * Cost: nothing is billed; what its pods use is the nodes'.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when service or team name do not fit Kubernetes
 */
export class Namespace extends Construct {
  /** Name of the namespace; whoever uses it waits for the namespace. */
  readonly name: string;
  /** Name of the service account of the service's pods. */
  readonly serviceAccountName: string;
  /** Group of the owning team, for access entries. */
  readonly teamGroup: string;
  private readonly environment: Environment;

  constructor(scope: Construct, id: string, props: NamespaceProps) {
    super(scope, id);
    recordOrigin(this);
    useKubernetes(stackOf(this));
    this.environment = stackOf(this).environment;
    this.name = this.createNamespace(props.service);
    silenceDefaultAccount(this, this.name);
    this.limitUse();
    new NetworkRules(this, "network", { namespace: this.name });
    this.teamGroup = new TeamAccess(this, "team", { namespace: this.name, team: props.service.owner }).group;
    this.serviceAccountName = this.createServiceAccount(props);
    if (delivererOf(this.environment) === "flux")
      new DeliveryAccount(this, "delivery", { namespace: this.name, service: props.service.name });
  }

  private createNamespace(service: ServiceMetadata): string {
    const namespace = new NamespaceV1(this, "namespace", {
      metadata: {
        name: checkName("Kubernetes name", service.name, this.node.path),
        labels: {
          ...podSecurityLabels("restricted", this.environment.cluster.version),
          [READINESS_GATE]: "enabled",
          "paved.dev/environment": this.environment.name,
          "paved.dev/owner": literal(service.owner),
          "paved.dev/service": service.name,
          "paved.dev/tier": String(service.tier),
        },
        annotations: { "paved.dev/on-call": literal(service.onCall), "paved.dev/runbook": literal(service.runbook) },
      },
      waitForDefaultServiceAccount: true,
    });
    return namespace.metadata.name;
  }

  private limitUse(): void {
    const { quota, workload } = this.environment;
    new ResourceQuotaV1(this, "quota", {
      metadata: { name: "quota", namespace: this.name },
      spec: {
        hard: {
          "requests.cpu": quota.cpu,
          "requests.memory": quota.memory,
          "limits.memory": quota.memory,
          pods: String(quota.pods),
          // Ways in are routes; a load balancer or an open port on every node is none.
          "services.loadbalancers": "0",
          "services.nodeports": "0",
        },
      },
    });
    const { cpu, memory, cpuLimit } = workload.sizes.small;
    new LimitRangeV1(this, "defaults", {
      metadata: { name: "defaults", namespace: this.name },
      spec: { limit: [{ type: "Container", default: { cpu: cpuLimit, memory }, defaultRequest: { cpu, memory } }] },
    });
  }

  private createServiceAccount({ service, accountAfter }: NamespaceProps): string {
    const account = new ServiceAccountV1(this, "service-account", {
      metadata: { name: service.name, namespace: this.name },
      automountServiceAccountToken: false,
      dependsOn: accountAfter === undefined ? undefined : [...accountAfter],
    });
    return account.metadata.name;
  }
}
