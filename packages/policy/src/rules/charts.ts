import { one } from "../rule/attribute-rule";
import { at, isTrue, shown, texts, unless } from "../rule/attributes";
import { type Attributes, type ResourceRule, resourceRule } from "../rule/rule";

const MONITORING = "kube-prometheus-stack";

/** Values of the monitoring stack; nothing for another chart. What only exists after apply is left out of them. */
function monitoringValues(attributes: Attributes): readonly unknown[] {
  if (attributes["chart"] !== MONITORING) return [];
  return texts(attributes["values"]).flatMap((text) => {
    try {
      return [JSON.parse(text.replaceAll(/\$\{[^}]*\}/g, "")) as unknown];
    } catch {
      return [undefined];
    }
  });
}

const release = (values: object) => one("helm_release", { chart: MONITORING, values: [JSON.stringify(values)] });

/** Rules on what the platform's charts are told. */
export const chartRules: readonly ResourceRule[] = [
  resourceRule({
    id: "HELM-005",
    title: "Who looks at Grafana has signed in",
    severity: "critical",
    source: "Grafana, configure security; OWASP ASVS 4.0 4.1",
    why: "It stands on the internet, and shows what every service writes and does.",
    want: "auth.generic_oauth enabled, auth.anonymous and auth.basic not, and auth.disable_login_form",
    fix: "say in the environment's signIn who says who somebody is, and leave Grafana's settings as they are",
    judges: ["helm_release"],
    check: ({ attributes }) =>
      monitoringValues(attributes).flatMap((values) => {
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
];
