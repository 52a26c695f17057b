import { asText, at, blocks, demand, isOneOf, isSet, recordAt, shown, unless } from "../rule/attributes";
import { type Attributes, type ManifestRule, manifestRule, type ManifestSubject } from "../rule/rule";
import { deployment, SERVING } from "../rule/workload";
import { NAMED, podLabels, selects, withSpec } from "./workloads";

/** Whether the metrics of a workload's pods are read: of the pods themselves, or through a Service of them. */
function isMonitored(subject: ManifestSubject): boolean {
  const labels = podLabels(subject);
  const services = subject.siblings("Service").filter(({ manifest }) => {
    const selector = at(manifest, "spec.selector");
    return isSet(selector) && selects({ matchLabels: selector }, labels);
  });
  const reads = (kind: string, endpoints: string, those: readonly Attributes[]): boolean =>
    subject
      .siblings(kind)
      .filter(({ manifest }) => isSet(at(manifest, `spec.${endpoints}`)))
      .some(({ manifest }) => those.some((each) => selects(at(manifest, "spec.selector"), each)));
  return (
    reads("PodMonitor", "podMetricsEndpoints", [labels]) ||
    reads(
      "ServiceMonitor",
      "endpoints",
      services.map(({ manifest }) => recordAt(manifest, "metadata.labels")),
    )
  );
}

/** Rules on what lets people see a service, and calls them. */
export const observabilityRules: readonly ManifestRule[] = [
  manifestRule({
    id: "K8S-WKL-008",
    title: "Everything that runs can be found by service and by owner",
    severity: "low",
    source: "Kubernetes, recommended labels; Backstage, Kubernetes plugin; NSA 2.0; KSV-0038 by reach",
    why: "Observability is never abstracted: a pod without these labels is missing from logs, metrics, costs and the portal.",
    want: "app.kubernetes.io/name, app.kubernetes.io/part-of, paved.dev/owner and backstage.io/kubernetes-id on the pods",
    fix: "leave the labels as the golden path sets them",
    judges: [...SERVING, "CronJob"],
    check: (subject) => {
      const labels = podLabels(subject);
      const wanted = [
        "app.kubernetes.io/name",
        "app.kubernetes.io/part-of",
        "paved.dev/owner",
        "backstage.io/kubernetes-id",
      ];
      return wanted.filter((name) => !isSet(labels[name])).map((name) => ({ got: `no label ${name}` }));
    },
    fails: [deployment({})],
    passes: [
      withSpec("Deployment", {
        template: {
          metadata: {
            labels: {
              "app.kubernetes.io/name": "orders",
              "app.kubernetes.io/part-of": "orders",
              "paved.dev/owner": "commerce",
              "backstage.io/kubernetes-id": "orders",
            },
          },
        },
      }),
    ],
  }),
  manifestRule({
    id: "K8S-WKL-009",
    title: "What serves is measured, and somebody is called when it fails",
    severity: "medium",
    source: "Paved: observability is never abstracted",
    why: "A service that nobody sees fails until a customer calls.",
    want: "a ServiceMonitor or PodMonitor of its pods, a PrometheusRule with rules and a dashboard beside the workload",
    fix: "leave them as the golden path makes them",
    judges: [...SERVING],
    check: (subject) => {
      const alerts = subject.siblings("PrometheusRule").flatMap(({ manifest }) => blocks(at(manifest, "spec.groups")));
      const drawn = subject
        .siblings("ConfigMap")
        .some(({ manifest }) => at(manifest, "metadata.labels.grafana_dashboard") === "1");
      return [
        ...unless(isMonitored(subject), "no ServiceMonitor and no PodMonitor of its pods"),
        ...unless(
          alerts.some((group) => isSet(group["rules"])),
          "no PrometheusRule with rules",
        ),
        ...unless(drawn, "no dashboard"),
      ];
    },
    fails: [deployment({})],
    passes: [
      deployment({}),
      withSpec("PodMonitor", {
        selector: { matchLabels: NAMED },
        podMetricsEndpoints: [{ port: "metrics" }],
      }),
      withSpec("PrometheusRule", { groups: [{ rules: [{ alert: "OrdersDown", expr: "up == 0" }] }] }),
      { kind: "ConfigMap", metadata: { name: "orders", labels: { grafana_dashboard: "1" } } },
    ],
  }),
  manifestRule({
    id: "K8S-WKL-010",
    title: "An alert says how bad it is and what to do",
    severity: "low",
    source: "Google SRE workbook, alerting on objectives; Prometheus, alerting practices",
    why: "Whoever is called at night needs the runbook, not a number.",
    want: "severity critical, warning or info, and annotations summary and runbook_url over https, on every alert",
    fix: "leave the alerts as the golden path makes them",
    judges: ["PrometheusRule"],
    check: ({ manifest }) =>
      blocks(at(manifest, "spec.groups"))
        .flatMap((group) => blocks(group["rules"]))
        .filter((rule) => isSet(rule["alert"]))
        .flatMap((rule) =>
          [
            ...demand(rule, "labels.severity", isOneOf("critical", "warning", "info")),
            ...demand(rule, "annotations.summary", isSet),
            ...demand(rule, "annotations.runbook_url", (url) => asText(url).startsWith("https://")),
          ].map(({ got }) => ({ got: `alert ${shown(rule["alert"])}: ${got}` })),
        ),
    fails: [withSpec("PrometheusRule", { groups: [{ rules: [{ alert: "OrdersDown", expr: "up == 0" }] }] })],
    passes: [
      withSpec("PrometheusRule", {
        groups: [
          {
            rules: [
              {
                alert: "OrdersDown",
                labels: { severity: "critical" },
                annotations: { summary: "Orders is down", runbook_url: "https://runbooks.example.com/orders" },
              },
            ],
          },
        ],
      }),
    ],
  }),
];
