import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { checkName } from "@paved/model";
import { Construct } from "constructs";
import { consume } from "../contract/contract";
import { platformContract } from "../contract/platform-contracts";
import { deliveryAccount, SERVICE_DELIVERY_ROLE } from "../helm-chart/addons/flux-names";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";

/** Whose namespace. */
export interface DeliveryAccountProps {
  /** Name of the namespace. */
  readonly namespace: string;
  /** The service that is delivered to it. */
  readonly service: string;
}

/**
 * The account that Flux delivers a service as: it may write the kinds of golden paths, in the service's namespace and in no
 * other. What Git says gives nobody rights; this is made and bound by the service's stack, and goes with it.
 *
 * Cost: nothing is billed.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the service's name does not fit Kubernetes
 */
export class DeliveryAccount extends Construct {
  constructor(scope: Construct, id: string, { namespace, service }: DeliveryAccountProps) {
    super(scope, id);
    recordOrigin(this);
    const home = consume(stackOf(this), platformContract).argoCdNamespace;
    const name = checkName("Kubernetes name", deliveryAccount(service), this.node.path);
    const account = new ServiceAccountV1(this, "service-account", {
      metadata: { name, namespace: home },
      automountServiceAccountToken: false,
    });
    new RoleBindingV1(this, "binding", {
      metadata: { name: "delivery", namespace },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: SERVICE_DELIVERY_ROLE },
      subject: [{ kind: "ServiceAccount", name, namespace: home }],
      dependsOn: [account],
    });
  }
}
