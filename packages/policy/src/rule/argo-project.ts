import type { EnvironmentEntry } from "@paved/model";
import { GATEWAY_API, IN_CLUSTER } from "./argo-application";
import { blocks, shown } from "./attributes";
import { kindName, OF_ARGO_CD, OF_PLATFORM, OF_TEAMS, PLATFORM_NAMESPACES } from "./delivered-kinds";
import { aText, fields, is, listOf, objectOf, type Shape, someOf } from "./shape";

/** What the Gateway API's release brings: kinds, and what keeps older ones from them. Nothing of it runs or gives rights. */
const BROUGHT_KINDS = [
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
  "apiextensions.k8s.io/CustomResourceDefinition",
];

function aKindOf(allowed: readonly string[]): Shape {
  return (value, path) =>
    blocks(value).some(({ group, kind, ...more }) => {
      const isOne = Object.keys(more).length === 0 && typeof group === "string";
      return isOne && allowed.includes(kindName(group, kind));
    })
      ? []
      : [{ got: `${path} has ${shown(value)}` }];
}

interface Reach {
  readonly repository: string;
  readonly namespaces: readonly string[];
  readonly clusterWide: readonly string[];
}

/** What every project says: where from, where to, and what of the whole cluster. Argo CD lets through what is not said. */
function project(reach: Reach, more: Readonly<Record<string, Shape>>, ...required: readonly string[]): Shape {
  const place = fields({ server: is(IN_CLUSTER), namespace: is(...reach.namespaces) }, "server", "namespace");
  const known = {
    description: aText,
    sourceRepos: someOf(is(reach.repository)),
    destinations: someOf(place),
    clusterResourceWhitelist: listOf(aKindOf(reach.clusterWide)),
    ...more,
  };
  return fields(known, "sourceRepos", "destinations", ...required);
}

/** When Argo CD syncs by itself: as the environment says, and nothing is said where it is at any time. A window more would deny what is delivered. */
function windows({ delivery: { syncWindow } }: EnvironmentEntry): Readonly<Record<string, Shape>> {
  if (syncWindow === undefined) return {};
  const { schedule, hours, timeZone } = syncWindow;
  const window = {
    kind: is("allow"),
    schedule: is(schedule),
    duration: is(`${hours}h`),
    timeZone: is(timeZone),
    applications: someOf(is("*")),
    manualSync: is(true),
  };
  return { syncWindows: someOf(fields(window, ...Object.keys(window))) };
}

/** The spec of a team's project: its namespaces and the kinds of golden paths. Its people look, and sync again. */
export function teamProject(environment: EnvironmentEntry, name: string, namespaces: readonly string[]): Shape {
  const policies = ["get", "sync"].map((action) => `p, proj:${name}:team, applications, ${action}, ${name}/*, allow`);
  const role = fields({
    name: is("team"),
    description: aText,
    groups: listOf(is(name.replace("team-", "team:"))),
    policies: listOf(is(...policies)),
  });
  return project(
    { repository: environment.delivery.repository, namespaces, clusterWide: OF_TEAMS.clusterWide },
    { namespaceResourceWhitelist: someOf(aKindOf(OF_TEAMS.namespaced)), roles: listOf(role), ...windows(environment) },
    "namespaceResourceWhitelist",
    ...Object.keys(windows(environment)),
  );
}

/** The projects that come after Argo CD's own release: that of the platform, and that of the kinds of routes. */
export function firstProjects(environment: EnvironmentEntry): readonly Shape[] {
  const kinds = [...OF_PLATFORM.namespaced, ...OF_ARGO_CD.namespaced];
  const { clusterWide } = OF_PLATFORM;
  const first = (name: string, spec: Shape): Shape =>
    objectOf({ apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", name, namespace: "argocd" }, spec);
  return [
    first(
      "platform",
      project(
        { repository: environment.delivery.repository, namespaces: PLATFORM_NAMESPACES, clusterWide },
        { namespaceResourceWhitelist: someOf(aKindOf(kinds)), ...windows(environment) },
        "namespaceResourceWhitelist",
        ...Object.keys(windows(environment)),
      ),
    ),
    first(
      "gateway-api",
      project(
        { repository: GATEWAY_API, namespaces: ["argocd"], clusterWide: BROUGHT_KINDS },
        { namespaceResourceBlacklist: someOf(aKindOf(["*/*"])) },
        "namespaceResourceBlacklist",
      ),
    ),
  ];
}
