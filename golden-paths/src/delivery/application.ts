import { Application } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application";
import { AppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import type { Environment, ServiceMetadata } from "@paved/model";
import {
  ARGO_CD_FINALIZER,
  ARGO_CD_NAMESPACE,
  finalizersOfPlatform,
  IN_CLUSTER,
  PLATFORM_PROJECT,
  RETRIED_WITHOUT_END,
  syncWindows,
  teamGroup,
} from "@paved/modules";
import { type Manifest, rendered } from "../manifests/manifest";

/** Folder of the delivery repository that a name's manifests of an environment are in. No service can have an underscore. */
export function deliveryFolder(environment: Pick<Environment, "name">, name: string): string {
  return `gitops/${environment.name}/${name}`;
}

/** Kinds that golden paths deliver, and so the only ones that a team's project may sync. */
export const DELIVERED_KINDS = [
  { group: "", kind: "ConfigMap" },
  { group: "", kind: "Service" },
  { group: "apps", kind: "Deployment" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
  { group: "batch", kind: "CronJob" },
  { group: "cert-manager.io", kind: "Certificate" },
  { group: "external-secrets.io", kind: "ExternalSecret" },
  { group: "gateway.k8s.aws", kind: "TargetGroupConfiguration" },
  { group: "gateway.networking.k8s.io", kind: "GRPCRoute" },
  { group: "gateway.networking.k8s.io", kind: "HTTPRoute" },
  { group: "keda.sh", kind: "ScaledObject" },
  { group: "monitoring.coreos.com", kind: "PodMonitor" },
  { group: "monitoring.coreos.com", kind: "PrometheusRule" },
  { group: "monitoring.coreos.com", kind: "ServiceMonitor" },
  { group: "networking.k8s.io", kind: "NetworkPolicy" },
  { group: "policy", kind: "PodDisruptionBudget" },
] as const;

/** A team's project; no team can be called as the platform's or Argo CD's own. */
function projectOf(team: string): string {
  return `team-${team}`;
}

/** What is synced by itself, where the environment has a window within that: Git says what runs, and what is changed in the cluster by hand is put back. */
const SYNC_POLICY = {
  automated: { prune: true, selfHeal: true, allowEmpty: false },
  syncOptions: ["ApplyOutOfSyncOnly=true", "CreateNamespace=false", "PruneLast=true", "ServerSideApply=true"],
  retry: RETRIED_WITHOUT_END,
};

interface Place {
  readonly project: string;
  readonly namespace: string;
  readonly finalizers: readonly string[];
}

function application(environment: Environment, name: string, { project, namespace, finalizers }: Place): Application {
  const { repository, revision } = environment.delivery;
  const held = finalizers.length > 0 && { finalizers: [...finalizers] };
  return new Application({
    metadata: { name, namespace: ARGO_CD_NAMESPACE, ...held },
    spec: {
      project,
      source: { repoURL: repository, targetRevision: revision, path: deliveryFolder(environment, name) },
      destination: { server: IN_CLUSTER, namespace },
      revisionHistoryLimit: 10,
      syncPolicy: SYNC_POLICY,
    },
  });
}

/**
 * The Argo CD application that delivers a service: its folder to its namespace, in its team's project. What it delivered goes with it,
 * when it goes from Git.
 */
export function serviceApplication(environment: Environment, { name, owner }: ServiceMetadata): Manifest {
  const place = { project: projectOf(owner), namespace: name, finalizers: [ARGO_CD_FINALIZER] };
  return rendered(application(environment, name, place), `${environment.name} ${name} application`);
}

/**
 * The Argo CD application that delivers what all services attach to. That goes with it where the environment may be destroyed, and stays
 * where it is protected.
 */
export function platformApplication(environment: Environment): Manifest {
  const finalizers = finalizersOfPlatform(environment);
  const place = { project: PLATFORM_PROJECT, namespace: ARGO_CD_NAMESPACE, finalizers };
  return rendered(application(environment, "platform", place), `${environment.name} platform application`);
}

/**
 * A team's project: exactly its services' namespaces, the one repository, and the kinds golden paths deliver; nothing of
 * the whole cluster. Its people may look at the applications and have them synced again, also outside of the environment's window.
 * It stays until its last application is gone, which could not take away what it delivered without it.
 */
export function teamProject(environment: Environment, team: string, services: readonly string[]): Manifest {
  const project = projectOf(team);
  const windows = syncWindows(environment);
  const model = new AppProject({
    metadata: { name: project, namespace: ARGO_CD_NAMESPACE, finalizers: [ARGO_CD_FINALIZER] },
    spec: {
      description: `Services of ${team}`,
      sourceRepos: [environment.delivery.repository],
      destinations: services.map((namespace) => ({ server: IN_CLUSTER, namespace })),
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: DELIVERED_KINDS.map((kind) => ({ ...kind })),
      ...(windows.length === 0 ? {} : { syncWindows: windows }),
      roles: [
        {
          name: "team",
          description: "See everything of its services, and sync them again",
          groups: [teamGroup(team)],
          policies: ["get", "sync"].map(
            (action) => `p, proj:${project}:team, applications, ${action}, ${project}/*, allow`,
          ),
        },
      ],
    },
  });
  return rendered(model, `${environment.name} ${team} project`);
}
