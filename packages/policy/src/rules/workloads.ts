import {
  asNumber,
  asText,
  at,
  blocks,
  demand,
  isAtLeast,
  isRecord,
  isSet,
  isWithin,
  recordAt,
  shown,
  unless,
} from "../rule/attributes";
import { type Attributes, type ManifestRule, manifestRule, type ManifestSubject } from "../rule/rule";
import { deployment, oneContainer, podOf, SERVING } from "../rule/workload";

const nameOf = (subject: ManifestSubject): string => asText(at(subject.manifest, "metadata.name"));

/** Whether a selector chooses what has these labels. */
export function selects(selector: unknown, labels: Attributes): boolean {
  if (!isRecord(selector) || isSet(selector["matchExpressions"])) return false;
  return Object.entries(recordAt(selector, "matchLabels")).every(([name, value]) => labels[name] === value);
}

/** The labels of the pods that a workload brings. */
export function podLabels(subject: ManifestSubject): Attributes {
  return recordAt(podOf(subject).metadata, "labels");
}

/** What scales a workload, each with how few replicas it leaves. */
function scalers(subject: ManifestSubject): readonly unknown[] {
  const of = (kind: string, least: string): readonly unknown[] =>
    subject
      .siblings(kind)
      .filter(({ manifest }) => at(manifest, "spec.scaleTargetRef.name") === nameOf(subject))
      .map(({ manifest }) => at(manifest, least));
  return [...of("HorizontalPodAutoscaler", "spec.minReplicas"), ...of("ScaledObject", "spec.minReplicaCount")];
}

/** Labels of the pods of examples. */
export const NAMED = { "app.kubernetes.io/name": "orders" };

const budget = (spec: Attributes): object => ({
  kind: "PodDisruptionBudget",
  metadata: { name: "orders" },
  spec: { selector: { matchLabels: NAMED }, ...spec },
});

/** The smallest manifest of a kind, for examples. */
export const withSpec = (kind: string, spec: Attributes): object => ({ kind, metadata: { name: "orders" }, spec });

/** Rules on what keeps a service up. */
export const workloadRules: readonly ManifestRule[] = [
  manifestRule({
    id: "K8S-WKL-001",
    title: "A service of a protected environment runs more than once",
    severity: "medium",
    source: "EKS Best Practices, reliability; KSV-0108 by reach",
    why: "One pod is down with its node, and with every release.",
    want: "two replicas or more, said by the workload or by what scales it",
    fix: "leave scale as the golden path sets it",
    judges: ["Deployment", "StatefulSet"],
    appliesTo: ({ environment }) => environment.protected,
    check: (subject) => {
      const least = [at(subject.manifest, "spec.replicas"), ...scalers(subject)].filter((each) => each !== undefined);
      return unless(least.length > 0 && least.every(isAtLeast(2)), `replicas of ${shown(least[0] ?? 1)} at least`);
    },
    fails: [withSpec("Deployment", { replicas: 1 })],
    passes: [withSpec("Deployment", { replicas: 2 })],
  }),
  manifestRule({
    id: "K8S-WKL-002",
    title: "Nodes can be replaced without stopping a service",
    severity: "medium",
    source: "EKS Best Practices, reliability and cluster upgrades",
    why: "Without a budget a drain takes all pods at once; with one that allows none, no drain ever ends.",
    want: "a PodDisruptionBudget of its pods that lets some go, and not all",
    fix: "leave it as the golden path sets it",
    judges: ["Deployment", "StatefulSet"],
    check: (subject) => {
      const own = subject
        .siblings("PodDisruptionBudget")
        .filter(({ manifest }) => selects(at(manifest, "spec.selector"), podLabels(subject)));
      if (own.length === 0) return [{ got: "no PodDisruptionBudget" }];
      return own.flatMap(({ manifest }) => {
        const [unavailable, available] = [at(manifest, "spec.maxUnavailable"), at(manifest, "spec.minAvailable")];
        const none = unavailable === 0 || unavailable === "0%" || available === "100%";
        const all =
          unavailable === "100%" || available === 0 || available === "0%" || (unavailable ?? available) === undefined;
        return unless(!none && !all, `maxUnavailable ${shown(unavailable)}, minAvailable ${shown(available)}`);
      });
    },
    fails: [deployment(oneContainer({})), budget({ maxUnavailable: 0 })],
    passes: [deployment(oneContainer({})), budget({ maxUnavailable: 1 })],
  }),
  manifestRule({
    id: "K8S-WKL-003",
    title: "The pods of a service stand in several zones and on several nodes",
    severity: "low",
    source: "EKS Best Practices, reliability: spread across zones and nodes",
    why: "Replicas on one node are one replica.",
    want: "topologySpreadConstraints of its own pods over topology.kubernetes.io/zone and kubernetes.io/hostname",
    fix: "leave it as the golden path sets it",
    judges: ["Deployment", "StatefulSet"],
    check: (subject) => {
      const keys = blocks(podOf(subject).spec["topologySpreadConstraints"])
        .filter((each) => selects(each["labelSelector"], podLabels(subject)))
        .map((each) => each["topologyKey"]);
      return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]
        .filter((key) => !keys.includes(key))
        .map((key) => ({ got: `no spread over ${key}` }));
    },
    fails: [deployment({})],
    passes: [
      deployment({
        topologySpreadConstraints: [
          { topologyKey: "topology.kubernetes.io/zone", labelSelector: { matchLabels: NAMED } },
          { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: NAMED } },
        ],
      }),
    ],
  }),
  manifestRule({
    id: "K8S-WKL-004",
    title: "A release takes no pod away before another is ready",
    severity: "medium",
    source: "Kubernetes, rolling update strategy; EKS Best Practices, reliability",
    why: "Recreate, or a share of pods that may be gone, is an outage at every release.",
    want: "strategy RollingUpdate with maxUnavailable 0",
    fix: "leave it as the golden path sets it",
    judges: ["Deployment"],
    check: ({ manifest }) => {
      const [type, gone] = [
        at(manifest, "spec.strategy.type"),
        at(manifest, "spec.strategy.rollingUpdate.maxUnavailable"),
      ];
      return unless(
        type === "RollingUpdate" && (gone === 0 || gone === "0%"),
        `${shown(type)} with maxUnavailable ${shown(gone)}`,
      );
    },
    fails: [withSpec("Deployment", { strategy: { type: "Recreate" } })],
    passes: [withSpec("Deployment", { strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0 } } })],
  }),
  manifestRule({
    id: "K8S-WKL-005",
    title: "A pod has the time to end what it began",
    severity: "medium",
    source: "Kubernetes, termination of pods; EKS Best Practices, reliability",
    why: "Requests and messages that are cut off at a release are errors that users see.",
    want: "terminationGracePeriodSeconds of 10 to 900, and longer than preStop sleeps: a node that is replaced waits 15 minutes",
    fix: "leave it as the golden path sets it",
    judges: [...SERVING, "Job", "CronJob"],
    check: (subject) => {
      const { spec, containers } = podOf(subject);
      const grace = spec["terminationGracePeriodSeconds"];
      const sleeps = containers
        .map((each) => at(each, "lifecycle.preStop.sleep.seconds"))
        .filter(isSet)
        .map(asNumber);
      return [
        ...unless(isWithin(10, 900)(grace), `terminationGracePeriodSeconds is ${shown(grace)}`),
        ...sleeps
          .filter((seconds) => !(seconds < asNumber(grace)))
          .map((seconds) => ({ got: `preStop sleeps ${seconds} of ${shown(grace)} seconds` })),
      ];
    },
    fails: [deployment({ terminationGracePeriodSeconds: 0 })],
    passes: [deployment({ terminationGracePeriodSeconds: 45 })],
  }),
  manifestRule({
    id: "K8S-WKL-006",
    title: "A scheduled job ends, and does not meet itself",
    severity: "medium",
    source: "Kubernetes, CronJob: concurrency policy, deadline and history",
    why: "A job that hangs holds its rights and its node for ever; two at once do the work twice.",
    want: "concurrencyPolicy Forbid or Replace, a timeZone, activeDeadlineSeconds of a day at most and a backoffLimit of 10 at most",
    fix: "leave it as the golden path sets it",
    judges: ["CronJob"],
    check: ({ manifest }) => {
      const policy = at(manifest, "spec.concurrencyPolicy");
      const job = at(manifest, "spec.jobTemplate.spec");
      return [
        ...unless(policy === "Forbid" || policy === "Replace", `concurrencyPolicy is ${shown(policy)}`),
        ...demand(manifest, "spec.timeZone", isSet),
        ...demand(job, "activeDeadlineSeconds", isWithin(1, 86_400)),
        ...demand(job, "backoffLimit", isWithin(0, 10)),
      ];
    },
    fails: [withSpec("CronJob", { schedule: "0 3 * * *" })],
    passes: [
      withSpec("CronJob", {
        concurrencyPolicy: "Forbid",
        timeZone: "Etc/UTC",
        jobTemplate: { spec: { activeDeadlineSeconds: 3600, backoffLimit: 2 } },
      }),
    ],
  }),
  manifestRule({
    id: "K8S-WKL-007",
    title: "What scales a service has two ends",
    severity: "low",
    source: "Kubernetes, horizontal pod autoscaling; KEDA, ScaledObject",
    why: "Without an upper end one fault scales until the quota or the bill stops it.",
    want: "a least and a most, the most at least the least",
    fix: "say both in scale",
    judges: ["HorizontalPodAutoscaler", "ScaledObject"],
    check: ({ kind, manifest }) => {
      const count = kind === "ScaledObject" ? "ReplicaCount" : "Replicas";
      const [least, most] = [at(manifest, `spec.min${count}`), at(manifest, `spec.max${count}`)];
      const both = typeof least === "number" && typeof most === "number" && least <= most;
      return unless(both, `from ${shown(least)} to ${shown(most)}`);
    },
    fails: [withSpec("HorizontalPodAutoscaler", { minReplicas: 3 })],
    passes: [withSpec("HorizontalPodAutoscaler", { minReplicas: 3, maxReplicas: 12 })],
  }),
];
