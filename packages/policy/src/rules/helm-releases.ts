import { isOwnNamespace } from "../rule/own";
import { KNOWN_CHARTS } from "../charts";
import { attributeRule, one } from "../rule/attribute-rule";
import { asText, blocks, isNotTrue, isSet, isTrue, shown, texts, unless } from "../rule/attributes";
import { type ResourceRule, resourceRule } from "../rule/rule";

/** Arguments that say which chart is installed where, and how it is waited for. */
const ARGUMENTS = new Set([
  "//",
  "name",
  "chart",
  "repository",
  "version",
  "namespace",
  "create_namespace",
  "values",
  "atomic",
  "cleanup_on_fail",
  "wait",
  "timeout",
  "max_history",
  "depends_on",
]);

/** Rules on how charts are installed. */
export const releaseRules: readonly ResourceRule[] = [
  resourceRule({
    id: "HELM-001",
    title: "A chart has one version and one origin",
    severity: "high",
    source: "Helm, best practices; SLSA, pinned dependencies",
    why: "A chart without a version is whatever was newest on the day of the apply; one of the same name elsewhere is anything.",
    want: "a chart that is known, from its makers' own repository or this one, in an exact version",
    fix: "install it with HelmChart; charts are listed in packages/policy/src/charts/index.ts",
    judges: ["helm_release"],
    check: ({ attributes }) => {
      const { chart, repository, version } = attributes;
      const known = KNOWN_CHARTS.get(asText(chart));
      return [
        ...unless(known !== undefined, `the chart ${shown(chart)}`),
        ...unless(known === undefined || repository === known.repository, `repository is ${shown(repository)}`),
        ...unless(/^v?\d+\.\d+\.\d+(-[\w.]+)?$/.test(asText(version)), `version is ${shown(version)}`),
      ];
    },
    fails: one("helm_release", { chart: "keda", repository: "http://charts.example.com", version: ">=2" }),
    passes: one("helm_release", {
      chart: "keda",
      repository: "https://kedacore.github.io/charts",
      version: "2.20.2",
    }),
  }),
  attributeRule({
    id: "HELM-002",
    title: "A chart that fails to install leaves nothing behind",
    severity: "low",
    source: "AWS provider and Helm provider, helm_release atomic",
    why: "Half an upgrade blocks the next one, at night.",
    want: "atomic, cleanup_on_fail and wait true, and a timeout",
    fix: "install the chart with HelmChart",
    type: "helm_release",
    demands: { atomic: isTrue, cleanup_on_fail: isTrue, wait: isTrue, timeout: isSet },
    fails: { chart: "keda" },
    passes: { atomic: true, cleanup_on_fail: true, wait: true, timeout: 600 },
  }),
  resourceRule({
    id: "HELM-003",
    title: "No credential is handed to a chart",
    severity: "critical",
    source: "OpenTofu, ephemerality; Helm provider, set_sensitive",
    why: "What is handed to a chart is in the plan, the state and the release's own secret.",
    want: "no set_sensitive, no repository_password, no value called password, token or secret key",
    fix: "let the chart read an existing secret, which External Secrets fills",
    judges: ["helm_release"],
    check: ({ attributes }) => [
      ...["set_sensitive", "set_wo", "repository_password"]
        .filter((name) => isSet(attributes[name]))
        .map((got) => ({ got })),
      ...blocks(attributes["set"])
        .filter(({ name }) => /(password|token|secret-?key|apikey)$/i.test(asText(name)))
        .map(({ name }) => ({ got: `set ${shown(name)}` })),
      ...texts(attributes["values"]).flatMap((text) =>
        [...text.matchAll(/"(\w*(?:[pP]assword|apiKey|secretKey))":"[^"]+"/g)].map(([, name]) => ({
          got: `value ${shown(name)}`,
        })),
      ),
    ],
    fails: one("helm_release", { set: [{ name: "adminPassword", value: "${var.password}" }] }),
    passes: one("helm_release", { values: ['{"admin":{"existingSecret":"grafana"}}'] }),
  }),
  resourceRule({
    id: "HELM-006",
    title: "A chart is installed as its makers wrote it, where its add-on lives",
    severity: "high",
    source: "Helm provider, helm_release; Kubernetes, server-side validation",
    why: "What is changed after rendering, sent past checks or set one by one is seen by no rule on values.",
    want: "the arguments that HelmChart sets, create_namespace false and a namespace of the same stack; no set, postrender, disable_webhooks or disable_openapi_validation",
    fix: "install the chart with HelmChart, and say what it is to be in its values",
    judges: ["helm_release"],
    check: ({ attributes }) => [
      ...Object.keys(attributes)
        .filter((name) => !ARGUMENTS.has(name))
        .map((got) => ({ got })),
      ...unless(isOwnNamespace(attributes["namespace"]), `namespace is ${shown(attributes["namespace"])}`),
      ...unless(isNotTrue(attributes["create_namespace"]), "create_namespace true"),
    ],
    fails: one("helm_release", { chart: "keda", postrender: { binary_path: "/bin/sh" } }),
    passes: one("helm_release", {
      chart: "keda",
      namespace: "${kubernetes_namespace_v1.keda.metadata[0].name}",
      values: ["{}"],
    }),
  }),
];
