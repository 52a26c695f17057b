import { Construct } from "constructs";
import { stackOf } from "../../stack/paved-stack";
import { HelmChart } from "../helm-chart";

/** Namespace that Argo CD runs in, and that its applications are in. */
export const ARGO_CD_NAMESPACE = "argocd";
/** The cluster that Argo CD itself runs in. */
export const IN_CLUSTER = "https://kubernetes.default.svc";
/** Project of what the platform delivers; teams have their own. */
export const PLATFORM_PROJECT = "platform";
/** Folder, below the environment's, with the applications and projects themselves. */
export const APPLICATIONS_FOLDER = "_argocd";

/** The Gateway API's kinds, in the version that the load balancer controller 3.5 asks for (its guide, "Prerequisites"). */
const GATEWAY_API = { repository: "https://github.com/kubernetes-sigs/gateway-api.git", revision: "v1.6.0" } as const;

const syncPolicy = {
  automated: { prune: true, selfHeal: true },
  syncOptions: ["ServerSideApply=true"],
};

/**
 * The first two applications of Argo CD, from which all others follow: the kinds of the Gateway API, and the folder of the
 * delivery repository in which the applications and projects of the environment are kept. From then on Git says what runs.
 *
 * @param argoCd the release that brings the kinds of applications
 */
export function argoCdBootstrap(scope: Construct, argoCd: HelmChart): HelmChart {
  const group = new Construct(scope, "argo-cd-bootstrap");
  const { delivery, name } = stackOf(group).environment;
  const destination = { server: IN_CLUSTER, namespace: ARGO_CD_NAMESPACE };
  const common = { namespace: ARGO_CD_NAMESPACE, project: PLATFORM_PROJECT, destination, syncPolicy };
  return new HelmChart(group, "chart", {
    chart: "argocd-apps",
    namespace: argoCd.namespace,
    after: [argoCd.release],
    values: {
      projects: {
        [PLATFORM_PROJECT]: {
          namespace: ARGO_CD_NAMESPACE,
          description: "What all services attach to, and the applications themselves",
          sourceRepos: [delivery.repository, GATEWAY_API.repository],
          destinations: [{ server: IN_CLUSTER, namespace: "*" }],
          clusterResourceWhitelist: [{ group: "*", kind: "*" }],
        },
      },
      applications: {
        // No service can have a dot in its name.
        "paved.gateway-api": {
          ...common,
          source: {
            repoURL: GATEWAY_API.repository,
            targetRevision: GATEWAY_API.revision,
            path: "config/crd/standard",
          },
          // Without prune: to take the kinds away would take every route with them.
          syncPolicy: { ...syncPolicy, automated: { prune: false, selfHeal: true } },
        },
        "paved.applications": {
          ...common,
          source: {
            repoURL: delivery.repository,
            targetRevision: delivery.revision,
            path: `gitops/${name}/${APPLICATIONS_FOLDER}`,
          },
        },
      },
    },
  });
}
