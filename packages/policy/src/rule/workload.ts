import { asText, at, blocks, isRecord, recordAt } from "./attributes";
import {
  type Attributes,
  isJudgedBy,
  type ManifestRule,
  manifestRule,
  type ManifestSubject,
  type Rule,
  type Violation,
} from "./rule";

/** Kinds that bring pods. */
export const WORKLOADS = [
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "ReplicationController",
  "Job",
  "CronJob",
  "ScaledJob",
  "Pod",
] as const;

/** Kinds whose pods serve until they are told to stop. */
export const SERVING = ["Deployment", "StatefulSet", "DaemonSet"] as const;

/** The pods of a workload, as its template says. */
export interface PodTemplate {
  readonly metadata: Attributes;
  readonly spec: Attributes;
  /** Containers of every sort, those that run first and those added for debugging included. */
  readonly containers: readonly Attributes[];
}

const TEMPLATES: Readonly<Record<string, string>> = {
  CronJob: "spec.jobTemplate.spec.template",
  ScaledJob: "spec.jobTargetRef.template",
};

/** The pods that a workload brings; a workload without a template brings pods of which nothing is said. */
export function podOf({ kind, manifest }: ManifestSubject): PodTemplate {
  const template = kind === "Pod" ? manifest : at(manifest, TEMPLATES[kind] ?? "spec.template");
  const spec = recordAt(template, "spec");
  return {
    metadata: recordAt(template, "metadata"),
    spec,
    containers: ["initContainers", "containers", "ephemeralContainers"].flatMap((sort) => blocks(spec[sort])),
  };
}

/** Whether a rule is on the pods of every workload: not on some of them, and not on everything there is. */
export function judgesPods(rule: Rule): boolean {
  if (rule.on !== "manifest" || rule.appliesTo !== undefined || rule.judges.includes("*")) return false;
  return WORKLOADS.every((kind) => isJudgedBy(rule, kind));
}

/** Whether a manifest brings pods: by its kind, or, of a kind that is not known, since containers are somewhere in it. */
export function bringsPods(kind: string, manifest: Attributes): boolean {
  return WORKLOADS.some((known) => known === kind) || hasContainers(manifest);
}

function hasContainers(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isRecord(value) && blocks(value["containers"]).length > 0) return true;
  return Object.values(value).some(hasContainers);
}

type PodRule = Omit<ManifestRule, "on" | "judges" | "check" | "fails" | "passes"> & {
  /** Kinds it judges. @default - all that bring pods */
  readonly judges?: readonly string[];
  /** A pod's spec that breaks the rule, and one that keeps it. */
  readonly fails: Attributes;
  readonly passes: Attributes;
};

/** A rule on the pods of workloads. */
export function podRule(rule: PodRule & { check: (pod: PodTemplate) => readonly Violation[] }): ManifestRule {
  return manifestRule({
    ...rule,
    judges: rule.judges ?? WORKLOADS,
    check: (subject) => rule.check(podOf(subject)),
    fails: [deployment(rule.fails)],
    passes: [deployment(rule.passes)],
  });
}

/** A rule on each container; what is got starts with the container's name. */
export function containerRule(
  rule: PodRule & { check: (container: Attributes, pod: PodTemplate) => readonly Violation[] },
): ManifestRule {
  return podRule({
    ...rule,
    check: (pod) =>
      pod.containers.flatMap((container) =>
        rule.check(container, pod).map(({ got }) => ({ got: `container ${asText(container["name"])}: ${got}` })),
      ),
  });
}

/** The smallest deployment with such pods, for examples. */
export function deployment(spec: Attributes): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "orders", namespace: "orders" },
    spec: { template: { metadata: { labels: { "app.kubernetes.io/name": "orders" } }, spec } },
  };
}

/** A pod's spec with one container, for examples. */
export function oneContainer(settings: Attributes): Attributes {
  return { containers: [{ name: "orders", ...settings }] };
}

/** What is in force for a container: its own setting, or else the pod's. */
export function inForce(container: Attributes, pod: PodTemplate, setting: string): unknown {
  return at(container, `securityContext.${setting}`) ?? at(pod.spec, `securityContext.${setting}`);
}
