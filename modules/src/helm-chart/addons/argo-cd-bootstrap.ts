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

/** How the first applications are synced: by themselves, and put back when they were changed in the cluster. */
export const DELIVERED_BY_ITSELF = {
  automated: { prune: true, selfHeal: true },
  syncOptions: ["ServerSideApply=true"],
};

/**
 * The application from which all others follow: the folder of the delivery repository in which the applications and projects
 * of the environment are kept. From then on Git says what runs.
 *
 * @param gatewayKinds what `gatewayKinds` gave, which brings the platform's project
 */
export function argoCdBootstrap(scope: Construct, gatewayKinds: HelmChart): HelmChart {
  const group = new Construct(scope, "argo-cd-bootstrap");
  const { delivery, name } = stackOf(group).environment;
  return new HelmChart(group, "chart", {
    chart: "argocd-apps",
    namespace: gatewayKinds.namespace,
    after: [gatewayKinds.release],
    values: {
      applications: {
        "paved.applications": {
          namespace: ARGO_CD_NAMESPACE,
          project: PLATFORM_PROJECT,
          destination: { server: IN_CLUSTER, namespace: ARGO_CD_NAMESPACE },
          syncPolicy: DELIVERED_BY_ITSELF,
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
