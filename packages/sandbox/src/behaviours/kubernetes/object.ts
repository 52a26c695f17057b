import { Refusal } from "../../protocol/diagnostics";
import { pathIn } from "../../values/schema-path";
import { type Behaviour, type Check, defineBehaviour } from "../define";
import type { Instance } from "../instance";

/** Namespaces that every cluster has before anybody makes one ("Namespaces", "Initial namespaces"). */
const GIVEN_NAMESPACES: readonly (string | undefined)[] = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** Whether the cluster has a namespace, so that objects can be put into it. */
export function hasNamespace(it: Instance, name: string): boolean {
  return GIVEN_NAMESPACES.includes(name) || it.find("kubernetes_namespace_v1", "metadata.name", name) !== undefined;
}

/** The cluster that the provider is configured with must exist, when it is one of ours. */
export const clusterAnswers: Check = (it) => {
  const { host } = it.place;
  if (!host.endsWith(".eks.amazonaws.com")) return;
  if (it.everywhere("aws_eks_cluster").some((cluster) => cluster.text("endpoint") === host)) return;
  const name = host.replace("https://", "");
  throw new Refusal(
    `Post "${host}": dial tcp: lookup ${name}: no such host`,
    "Apply the stack with the EKS cluster first.",
  );
};

function dnsName(pattern: RegExp, want: string): Check {
  return (it) => {
    const name = it.text("metadata.name");
    if (name === undefined || (pattern.test(name) && name.length <= 253)) return;
    const detail = `${want}. Got ${JSON.stringify(name)}.`;
    throw new Refusal(
      `metadata.name: Invalid value: ${JSON.stringify(name)}`,
      detail,
      pathIn(it.values, "metadata.name"),
    );
  };
}

const subdomain = dnsName(
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  "Use lower case letters, digits, '-' or '.', beginning and ending with a letter or digit",
);

/** RBAC names are path segments. */
const segment = dnsName(/^(?!\.{1,2}$)[^/%]+$/, "Use a name without '/' and '%'");

const namespaceExists: Check = Object.assign(
  (it: Instance): void => {
    const namespace = it.text("metadata.namespace");
    if (namespace === undefined || hasNamespace(it, namespace)) return;
    const path = pathIn(it.values, "metadata.namespace");
    throw new Refusal(
      `namespaces "${namespace}" not found`,
      "Create the namespace first, and refer to it so that it comes first.",
      path,
    );
  },
  { isOfCluster: true },
);

/** What all objects of the Kubernetes API have in common; give the type's own rules on top. */
export function objectMeta(
  own: Partial<Behaviour> & {
    readonly type: string;
    readonly kind: string;
    readonly rbac?: boolean;
    /** Whether it is there before, and is taken over, so that its name is never taken. */
    readonly isAdopted?: boolean;
  },
): Behaviour {
  const { kind, rbac, isAdopted = false, ...rest } = own;
  const isNamespaced = kind !== "namespaces";
  const nameIsFree: Check = (it) => {
    const isGiven = !isNamespaced && it.prior === undefined && GIVEN_NAMESPACES.includes(it.text("metadata.name"));
    const same = (path: string) => (other: { text(path: string): string | undefined }) =>
      other.text(path) === it.text(path);
    const others = it.all(it.type).filter((other) => other.id !== it.prior?.id);
    if (!isGiven && !others.filter(same("metadata.name")).some(same("metadata.namespace"))) return;
    const summary = `${kind} "${it.text("metadata.name")}" already exists`;
    throw new Refusal(
      summary,
      "Choose another name, or import the existing object.",
      pathIn(it.values, "metadata.name"),
    );
  };
  return defineBehaviour({
    id: (it) =>
      [it.text("metadata.namespace"), it.text("metadata.name") ?? it.hex(10)]
        .filter((part) => part !== undefined)
        .join("/"),
    ...rest,
    defaults: { ...(isNamespaced ? { "metadata.namespace": "default" } : {}), ...own.defaults },
    replaceOn: [
      "metadata.name",
      ...(isAdopted ? [] : ["metadata.generate_name"]),
      ...(isNamespaced ? ["metadata.namespace"] : []),
      ...(own.replaceOn ?? []),
    ],
    recompute: { "metadata.generation": ["*"], "metadata.resource_version": ["*"], ...own.recompute },
    computed: (it) => ({
      ...own.computed?.(it),
      metadata: [
        {
          generation: 0,
          resource_version: String(1000 + Number.parseInt(it.hex(4, JSON.stringify(it.values)), 16)),
          uid: it.uuid("uid"),
        },
      ],
    }),
    validate: [rbac === true ? segment : subdomain, ...(own.validate ?? [])],
    checks: [
      clusterAnswers,
      ...(isNamespaced ? [namespaceExists] : []),
      ...(isAdopted ? [] : [nameIsFree]),
      ...(own.checks ?? []),
    ],
  });
}
