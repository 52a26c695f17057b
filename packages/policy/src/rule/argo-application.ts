import type { EnvironmentEntry } from "@paved/model";
import { aNumber, aText, fields, is, like, listOf, objectOf, type Shape } from "./shape";

/** The cluster that Argo CD itself runs in, and the only one that it delivers to. */
export const IN_CLUSTER = "https://kubernetes.default.svc";

/** Has an application take away what it delivered before it goes, and a project wait for its last application. */
export const ARGO_CD_FINALIZER = "resources-finalizer.argocd.argoproj.io";

/** Where Argo CD takes the kinds of routes from, which are nobody's of this repository. */
export const GATEWAY_API = "https://github.com/kubernetes-sigs/gateway-api.git";

/** How a sync may differ from Argo CD's own way. What replaces, forces or checks nothing is not among them. */
const SYNC_OPTIONS = ["ApplyOutOfSyncOnly=true", "CreateNamespace=false", "PruneLast=true", "ServerSideApply=true"];

interface Place {
  readonly project: Shape;
  readonly repository: string;
  readonly revision: Shape;
  readonly path: string;
  readonly namespace: string;
  /** Whether what is gone from Git goes. */
  readonly prune: boolean;
}

/** A folder of plain manifests, and none of what would change them on their way. */
function application(place: Place): Shape {
  const source = { repoURL: is(place.repository), targetRevision: place.revision, path: is(place.path) };
  const automated = { prune: is(place.prune), selfHeal: is(true), allowEmpty: is(false) };
  const backoff = fields({ duration: aText, factor: aNumber, maxDuration: aText });
  const known = {
    project: place.project,
    source: fields(source, ...Object.keys(source)),
    destination: fields({ server: is(IN_CLUSTER), namespace: is(place.namespace) }, "server", "namespace"),
    revisionHistoryLimit: aNumber,
    syncPolicy: fields(
      {
        automated: fields(automated, "prune", "selfHeal"),
        syncOptions: listOf(is(...SYNC_OPTIONS)),
        retry: fields({ limit: aNumber, refresh: is(true), backoff }),
      },
      "automated",
    ),
  };
  return fields(known, "project", "source", "destination", "syncPolicy");
}

function own({ name, delivery }: EnvironmentEntry, unit: string, project: Shape, namespace: string): Place {
  const { repository, revision } = delivery;
  return { project, repository, revision: is(revision), path: `gitops/${name}/${unit}`, namespace, prune: true };
}

/** The spec of the application that delivers a unit: the environment's folder of its name, to its own namespace. */
export function deliveredApplication(environment: EnvironmentEntry, unit: string): Shape {
  return unit === "platform"
    ? application(own(environment, unit, is("platform"), "argocd"))
    : application(own(environment, unit, like(/team-[a-z0-9-]+/), unit));
}

/** The applications that come after Argo CD's own release: that of all others, and that of the kinds of routes. */
export function firstApplications(environment: EnvironmentEntry): readonly Shape[] {
  const kinds = {
    project: is("gateway-api"),
    repository: GATEWAY_API,
    revision: like(/v\d+\.\d+\.\d+/),
    path: "config/crd/standard",
    namespace: "argocd",
    prune: false,
  };
  const identity = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", namespace: "argocd" };
  // Who deletes the first one of a protected environment takes nothing of it along.
  const finalizers = environment.protected ? undefined : [ARGO_CD_FINALIZER];
  const all = application(own(environment, "_argocd", is("platform"), "argocd"));
  return [
    objectOf({ ...identity, name: "paved.applications", finalizers }, all),
    objectOf({ ...identity, name: "paved.gateway-api" }, application(kinds)),
  ];
}
