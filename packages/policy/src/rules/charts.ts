import { KNOWN_CHARTS } from "../charts";
import { one } from "../rule/attribute-rule";
import { asText, at, blocks, isTrue, shown, unless } from "../rule/attributes";
import { chartValues } from "../rule/chart-values";
import { type ResourceRule, resourceRule, type ResourceSubject } from "../rule/rule";

const MONITORING = "kube-prometheus-stack";

function isMonitoring({ attributes }: ResourceSubject): boolean {
  return attributes["chart"] === MONITORING;
}

const release = (values: object) => one("helm_release", { chart: MONITORING, values: [JSON.stringify(values)] });

/** Rules on what the platform's charts are told. */
export const chartRules: readonly ResourceRule[] = [
  resourceRule({
    id: "HELM-004",
    title: "An alert that nobody is named for reaches somebody",
    severity: "high",
    source: "Prometheus, alerting best practices; kube-prometheus-stack, values of alertmanager.config",
    why: "The chart's own configuration sends every alert to a receiver that tells nobody.",
    want: "alertmanager.config.route.receiver, a receiver with something that it is reached by",
    fix: "say in the environment's onCall who is reached how, and leave Alertmanager's settings as they are",
    judges: ["helm_release"],
    appliesTo: isMonitoring,
    check: ({ attributes }) =>
      [chartValues(attributes)].flatMap((values) => {
        const root = at(values, "alertmanager.config.route.receiver");
        const receiver = blocks(at(values, "alertmanager.config.receivers")).find(({ name }) => name === root);
        const reached = Object.entries(receiver ?? {}).some(
          ([name, how]) => name.endsWith("_configs") && blocks(how).length > 0,
        );
        return unless(reached, `the receiver ${shown(root)}, which tells nobody`);
      }),
    fails: release({ alertmanager: { config: { route: { receiver: "null" }, receivers: [{ name: "null" }] } } }),
    passes: release({
      alertmanager: {
        config: {
          route: { receiver: "platform" },
          receivers: [{ name: "platform", pagerduty_configs: [{ routing_key_file: "/etc/alertmanager/secrets/key" }] }],
        },
      },
    }),
  }),
  resourceRule({
    id: "HELM-005",
    title: "Who looks at Grafana has signed in",
    severity: "critical",
    source: "Grafana, configure security; OWASP ASVS 4.0 4.1",
    why: "It stands on the internet, and shows what every service writes and does.",
    want: "auth.generic_oauth enabled, auth.anonymous and auth.basic not, and auth.disable_login_form",
    fix: "say in the environment's signIn who says who somebody is, and leave Grafana's settings as they are",
    judges: ["helm_release"],
    appliesTo: isMonitoring,
    check: ({ attributes }) =>
      [chartValues(attributes)].flatMap((values) => {
        const ini = at(values, "grafana") as { "grafana.ini"?: Record<string, unknown> } | undefined;
        const setting = (section: string, name: string) => at(ini?.["grafana.ini"]?.[section], name);
        const isOff = (section: string) => setting(section, "enabled") === false;
        return [
          ...unless(isTrue(setting("auth.generic_oauth", "enabled")), "no provider of sign-in"),
          ...unless(isOff("auth.anonymous"), `auth.anonymous is ${shown(setting("auth.anonymous", "enabled"))}`),
          ...unless(isOff("auth.basic"), `auth.basic is ${shown(setting("auth.basic", "enabled"))}`),
          ...unless(isTrue(setting("auth", "disable_login_form")), "a form for passwords"),
        ];
      }),
    fails: release({ grafana: { "grafana.ini": { "auth.anonymous": { enabled: true } } } }),
    passes: release({
      grafana: {
        "grafana.ini": {
          auth: { disable_login_form: true },
          "auth.anonymous": { enabled: false },
          "auth.basic": { enabled: false },
          "auth.generic_oauth": { enabled: true },
        },
      },
    }),
  }),
  resourceRule({
    id: "HELM-007",
    title: "A chart is told what somebody looked at, and nothing else",
    severity: "critical",
    source:
      "NSA 1.2 to 1.6; CIS EKS 1.8 4.2.1 to 4.2.5; Argo CD, security; Grafana, configure security; Metrics Server, requirements",
    why: "A chart's values open the host, the internet and the cluster as well as any manifest, each chart by other names.",
    want: "values as one JSON text, of settings that are listed for the chart: no image or registry of others, no arguments, objects, containers or volumes beside its own, no way in, and nothing that checks less",
    fix: "leave it out; a setting that is needed is listed with what it may be in packages/policy/src/charts",
    judges: ["helm_release"],
    check: ({ attributes, environment }) => {
      const values = chartValues(attributes);
      const known = KNOWN_CHARTS.get(asText(attributes["chart"]));
      if (known === undefined) return [{ got: `the chart ${shown(attributes["chart"])}` }];
      if (values === undefined) return [{ got: "values that cannot be read" }];
      return known.values(environment)(values, "");
    },
    fails: one("helm_release", { chart: "metrics-server", values: ['{"args":["--kubelet-insecure-tls"]}'] }),
    passes: one("helm_release", { chart: "metrics-server", values: ['{"replicas":2}'] }),
  }),
];
