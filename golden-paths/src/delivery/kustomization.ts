import { Kustomization } from "@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization";
import type { Environment, ServiceMetadata } from "@paved/model";
import { deliveryAccount, DELIVERIES, FLUX_NAMESPACE, RECONCILED } from "@paved/modules";
import { deliveryFolder } from "./application";
import { type Manifest, rendered } from "../manifests/manifest";

function kustomization(environment: Environment, name: string, own: { readonly targetNamespace?: string }): Manifest {
  const model = new Kustomization({
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      ...RECONCILED,
      sourceRef: { kind: "GitRepository", name: DELIVERIES },
      path: `./${deliveryFolder(environment, name)}`,
      serviceAccountName: deliveryAccount(name),
      // Ready is what is as Git says, and does what it is for.
      wait: true,
      ...own,
    },
  });
  return rendered(model, `${environment.name} ${name} kustomization`);
}

/**
 * The Kustomization of Flux that delivers a service: its folder to its namespace, as the service's own account, which may write
 * the kinds of golden paths there and nothing anywhere else.
 */
export function serviceKustomization(environment: Environment, { name }: ServiceMetadata): Manifest {
  return kustomization(environment, name, { targetNamespace: name });
}

/** The Kustomization of Flux that delivers what all services attach to. */
export function platformKustomization(environment: Environment): Manifest {
  return kustomization(environment, "platform", {});
}
