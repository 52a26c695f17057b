import type { Manifest } from "../difference/manifest-difference";
import { networkPolicySentences } from "./network-sentences";
import type { Grants } from "./permissions";
import { roleSentences, subjectSentences } from "./role-sentences";

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as readonly Fields[]) : []);

/** What a project of Argo CD lets its team deliver, and where. */
function projectSentences(spec: Fields): readonly string[] {
  return [
    ...list(spec["destinations"]).map(({ namespace }) => `delivers to ${String(namespace)}`),
    ...list(spec["namespaceResourceWhitelist"]).map(
      ({ group, kind }) => `delivers ${String(kind)} of ${String(group) || "core"}`,
    ),
    ...list(spec["clusterResourceWhitelist"]).map(({ kind }) => `delivers ${String(kind)} of the whole cluster`),
    ...(Array.isArray(spec["sourceRepos"]) ? spec["sourceRepos"].map((each) => `delivers from ${String(each)}`) : []),
  ];
}

/** Which names and paths a route opens to the outside. */
function routeSentences(spec: Fields): readonly string[] {
  const hosts = Array.isArray(spec["hostnames"]) ? spec["hostnames"].map(String) : ["every name"];
  const matches = list(spec["rules"]).flatMap((rule) => list(rule["matches"]));
  const paths = matches.map((match) => {
    const { value } = fields(match["path"]);
    const { service, method } = fields(match["method"]);
    return String(value ?? [service, method].filter((each) => each !== undefined).join("/"));
  });
  return hosts.flatMap((host) =>
    (paths.length === 0 ? ["every path"] : paths).map((path) => `the internet reaches ${host} ${path}`),
  );
}

/** What a manifest permits. @returns nothing for a kind that permits nothing by itself */
export function manifestGrants(manifest: Manifest): Grants | undefined {
  const spec = fields(manifest["spec"]);
  switch (manifest.kind) {
    case "NetworkPolicy":
      return { sort: "network", sentences: networkPolicySentences(spec) };
    case "HTTPRoute":
    case "GRPCRoute":
      return { sort: "network", sentences: routeSentences(spec) };
    case "Role":
    case "ClusterRole":
      return { sort: "cluster", sentences: roleSentences(manifest["rules"]) };
    case "RoleBinding":
    case "ClusterRoleBinding":
      return { sort: "cluster", sentences: subjectSentences(manifest["roleRef"], manifest["subjects"]) };
    case "Kustomization":
      return {
        sort: "cluster",
        sentences: [`delivers ${String(spec["path"])} as ${String(spec["serviceAccountName"])}`],
      };
    case "AppProject":
      return { sort: "cluster", sentences: projectSentences(spec) };
    default:
      return undefined;
  }
}
