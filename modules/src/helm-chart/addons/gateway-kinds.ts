import { Construct } from "constructs";
import { stackOf } from "../../stack/paved-stack";
import { HelmChart } from "../helm-chart";
import { ARGO_CD_NAMESPACE, argoCdObject, DELIVERED_BY_ITSELF, IN_CLUSTER } from "./argo-cd-bootstrap";
import { KINDS_PROJECT, kindsProject, platformProject } from "./platform-project";

/** The Gateway API's kinds, in the version that the load balancer controller 3.5 asks for (its guide, "Prerequisites"). */
export const GATEWAY_API = {
  repository: "https://github.com/kubernetes-sigs/gateway-api.git",
  revision: "v1.6.0",
} as const;

/**
 * The first application of Argo CD: the kinds of the Gateway API, which no chart of its project brings. Whoever serves
 * routes is installed after it. It has a project of its own, and comes with that of what the platform delivers.
 *
 * Argo CD applies the kinds within a minute of this release, not before it is done: who comes after has to wait for them, or
 * to start again.
 *
 * @param argoCd the release that brings the kinds of applications
 */
export function gatewayKinds(scope: Construct, argoCd: HelmChart): HelmChart {
  const group = new Construct(scope, "gateway-kinds");
  return new HelmChart(group, "chart", {
    chart: "objects",
    name: "gateway-kinds",
    namespace: argoCd.namespace,
    after: [argoCd.release],
    values: {
      objects: [
        platformProject(stackOf(group).environment),
        kindsProject(GATEWAY_API.repository),
        // No service can have a dot in its name.
        argoCdObject("Application", "paved.gateway-api", {
          project: KINDS_PROJECT,
          destination: { server: IN_CLUSTER, namespace: ARGO_CD_NAMESPACE },
          source: {
            repoURL: GATEWAY_API.repository,
            targetRevision: GATEWAY_API.revision,
            path: "config/crd/standard",
          },
          // Without prune: to take the kinds away would take every route with them.
          syncPolicy: { ...DELIVERED_BY_ITSELF, automated: { prune: false, selfHeal: true } },
        }),
      ],
    },
  });
}
