import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { HelmChart } from "../helm-chart";
import type { ArgoCdFacts } from "./argo-cd";
import { fluxCredentials } from "./delivery-credentials";
import { resources } from "./facts";
import { FLUX_NAMESPACE } from "./flux-names";
import { type DeliveredKind, fluxRights } from "./flux-rights";
import { GATEWAY_NAMESPACE } from "./platform-project";

/** Facts of Flux, which reads its repository with a secret as Argo CD does. */
export interface FluxFacts extends ArgoCdFacts {
  /** Kinds that golden paths deliver. */
  readonly serviceKinds: readonly DeliveredKind[];
  /** What makes the namespaces of cert-manager and of database users: the platform is let into them before it delivers. */
  readonly namespaces: readonly ITerraformDependable[];
}

/**
 * Flux, which delivers every workload from Git instead of Argo CD: its source-controller and its kustomize-controller, without
 * those of charts, images and notifications. They see their own namespace alone and hold no right over anything else; what is
 * applied is applied as the account that a Kustomization names. One pod of each: a second source-controller would wait for the
 * first one's disk, and while none runs, what was delivered stays. The gateway's namespace is made here and not delivered: who
 * makes namespaces from Git would have to be let into all of them.
 */
export function flux(scope: Construct, facts: FluxFacts): HelmChart {
  const group = new Construct(scope, "flux");
  const namespace = new PlatformNamespace(group, "namespace", { name: FLUX_NAMESPACE });
  const gateway = new PlatformNamespace(group, "gateway", { name: GATEWAY_NAMESPACE });
  const { environment } = stackOf(group);
  return new HelmChart(group, "chart", {
    chart: "flux2",
    namespace: namespace.name,
    after: [facts.monitoring.release, facts.externalSecrets.release, gateway.made, ...facts.namespaces],
    values: {
      installCRDs: true,
      crds: { annotations: { "helm.sh/resource-policy": "keep" } },
      multitenancy: { enabled: true, privileged: false, defaultServiceAccount: "default" },
      watchAllNamespaces: false,
      policies: { create: true },
      // The chart's rights reach every secret of the cluster; these are beside it.
      rbac: { create: false, createAggregation: false },
      extraObjects: [...fluxCredentials(environment, FLUX_NAMESPACE), ...fluxRights(facts.serviceKinds)],
      prometheus: { podMonitor: { create: true } },
      sourceController: { resources: resources("100m", "512Mi") },
      kustomizeController: {
        resources: resources("250m", "1Gi"),
        container: { additionalArgs: ["--no-remote-bases=true"] },
      },
      helmController: { create: false },
      imageAutomationController: { create: false },
      imageReflectionController: { create: false },
      notificationController: { create: false },
      sourceWatcher: { create: false },
    },
  });
}
