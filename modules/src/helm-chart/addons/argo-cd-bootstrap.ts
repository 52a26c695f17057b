import type { Environment } from "@paved/model";
import { Construct } from "constructs";
import { stackOf } from "../../stack/paved-stack";
import { HelmChart } from "../helm-chart";
import type { HelmValue } from "../values";

/** Namespace that Argo CD runs in, and that its applications are in. */
export const ARGO_CD_NAMESPACE = "argocd";
/** The cluster that Argo CD itself runs in. */
export const IN_CLUSTER = "https://kubernetes.default.svc";
/** Project of what the platform delivers; teams have their own. */
export const PLATFORM_PROJECT = "platform";
/** Folder, below the environment's, with the applications and projects themselves. */
export const APPLICATIONS_FOLDER = "_argocd";

/**
 * Argo CD tries again without an end, at most three minutes apart, each time with what Git says by then. Namespaces, kinds
 * and settings come with stacks that are applied later, some after a quarter of an hour. Whoever gives up syncs nothing more
 * until Git says something else, whatever heals (v3.4.4, controller/appcontroller.go, autoSync).
 */
export const RETRIED_WITHOUT_END = {
  limit: -1,
  refresh: true,
  backoff: { duration: "10s", factor: 2, maxDuration: "3m" },
} as const;

/** How the first applications are synced: by themselves, and put back when they were changed in the cluster. */
export const DELIVERED_BY_ITSELF = {
  automated: { prune: true, selfHeal: true },
  syncOptions: ["ServerSideApply=true"],
  retry: RETRIED_WITHOUT_END,
};

/**
 * Keeps an application until Argo CD took away what it delivered, and a project until Argo CD saw that its last application is gone. Who
 * deletes one waits for that (v3.4.4, controller/appcontroller.go, finalizeApplicationDeletion and finalizeProjectDeletion).
 */
export const ARGO_CD_FINALIZER = "resources-finalizer.argocd.argoproj.io";

/**
 * Finalizers of the applications that all services stand on. With an environment that may be destroyed goes what they delivered, while
 * the controllers are there that its gateways and certificates wait for. In a protected one they take nothing with them.
 */
export function finalizersOfPlatform(environment: Pick<Environment, "protected">): readonly string[] {
  return environment.protected ? [] : [ARGO_CD_FINALIZER];
}

/** An application or a project of Argo CD, where it looks for them. */
export function argoCdObject(
  kind: "AppProject" | "Application",
  name: string,
  spec: HelmValue,
  finalizers: readonly string[] = [],
): HelmValue {
  const metadata = { name, namespace: ARGO_CD_NAMESPACE, ...(finalizers.length > 0 && { finalizers }) };
  return { apiVersion: "argoproj.io/v1alpha1", kind, metadata, spec };
}

/**
 * The application from which all others follow: the folder of the delivery repository in which the applications and projects
 * of the environment are kept. From then on Git says what runs.
 *
 * @param gatewayKinds what `gatewayKinds` gave, which brings the platform's project
 * @param controllers whatever else brings kinds that are delivered
 */
export function argoCdBootstrap(
  scope: Construct,
  gatewayKinds: HelmChart,
  controllers: readonly HelmChart[],
): HelmChart {
  const group = new Construct(scope, "argo-cd-bootstrap");
  const { environment } = stackOf(group);
  const { delivery, name } = environment;
  return new HelmChart(group, "chart", {
    chart: "objects",
    name: "argocd-apps",
    namespace: gatewayKinds.namespace,
    after: [gatewayKinds, ...controllers].map(({ release }) => release),
    values: {
      objects: [
        argoCdObject(
          "Application",
          "paved.applications",
          {
            project: PLATFORM_PROJECT,
            destination: { server: IN_CLUSTER, namespace: ARGO_CD_NAMESPACE },
            syncPolicy: DELIVERED_BY_ITSELF,
            source: {
              repoURL: delivery.repository,
              targetRevision: delivery.revision,
              path: `gitops/${name}/${APPLICATIONS_FOLDER}`,
            },
          },
          finalizersOfPlatform(environment),
        ),
      ],
    },
  });
}
