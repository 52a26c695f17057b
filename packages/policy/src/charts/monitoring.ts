import type { EnvironmentEntry } from "@paved/model";
import { aFlag, aNumber, anything, aText, fields, is, like, listOf, type Shape, someOf } from "../rule/shape";
import { budget, containerSecurity, monitor, podSecurity, resources, serviceAccount, volume } from "./add-on-settings";

const off = fields({ enabled: is(false) }, "enabled");
const https = like(/https:\/\/[^\s"]+/);
const secretFile = like(/\/etc\/alertmanager\/secrets\/[\w./-]+/);

/** Grafana's own configuration: nobody gets in but by the environment's provider, and nobody as its administrator. */
function grafanaIni({ domain }: EnvironmentEntry): Shape {
  const host = `grafana.${domain}`;
  const provider = {
    enabled: is(true),
    name: aText,
    auto_login: aFlag,
    allow_sign_up: aFlag,
    client_id: aText,
    client_secret: like(/\$__file\{\/etc\/secrets\/[\w/-]+\}/),
    auth_url: https,
    token_url: https,
    api_url: https,
    scopes: aText,
    use_pkce: is(true),
    role_attribute_path: is("'Editor'", "'Viewer'"),
  };
  const sections = {
    server: fields({ domain: is(host), root_url: is(`https://${host}/`) }),
    security: fields({ cookie_secure: is(true) }, "cookie_secure"),
    users: fields({ allow_sign_up: is(false) }, "allow_sign_up"),
    auth: fields({ disable_login_form: is(true) }, "disable_login_form"),
    "auth.basic": off,
    "auth.anonymous": off,
    "auth.generic_oauth": fields(provider, "enabled", "client_secret", "use_pkce", "role_attribute_path"),
  };
  return fields(sections, ...Object.keys(sections));
}

function grafana(environment: EnvironmentEntry): Shape {
  const noAdministrator = { GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: is("true") };
  const mount = { name: aText, mountPath: like(/\/etc\/secrets\/[\w-]+/), secretName: aText, readOnly: is(true) };
  const asItself = fields({ authType: is("default"), defaultRegion: is(environment.region) }, "authType");
  return fields(
    {
      fullnameOverride: aText,
      resources,
      serviceMonitor: monitor,
      serviceAccount,
      env: fields(noAdministrator, ...Object.keys(noAdministrator)),
      deploymentStrategy: fields({ type: is("RollingUpdate"), rollingUpdate: fields({ maxUnavailable: aNumber }) }),
      extraSecretMounts: listOf(fields(mount)),
      additionalDataSources: listOf(fields({ name: aText, uid: aText, type: is("cloudwatch"), jsonData: asItself })),
      sidecar: fields({
        dashboards: fields({ enabled: aFlag, label: aText, searchNamespace: is("ALL"), skipReload: aFlag }),
        datasources: fields({ initDatasources: aFlag, skipReload: aFlag }),
      }),
      "grafana.ini": grafanaIni(environment),
    },
    "env",
    "grafana.ini",
  );
}

/** How people are reached, by what is in a file alone: an address in the values is in the state, and one of others. */
const receiver = fields(
  {
    name: aText,
    webhook_configs: listOf(fields({ url_file: secretFile, send_resolved: aFlag }, "url_file")),
    pagerduty_configs: listOf(
      fields(
        { routing_key_file: secretFile, send_resolved: aFlag, severity: aText, description: aText, links: anything },
        "routing_key_file",
      ),
    ),
  },
  "name",
);

const alertmanager = fields({
  podDisruptionBudget: budget,
  config: fields({ route: anything, receivers: someOf(receiver), inhibit_rules: anything, time_intervals: anything }),
  alertmanagerSpec: fields({
    secrets: listOf(aText),
    replicas: aNumber,
    podAntiAffinity: is("soft", "hard"),
    storage: volume,
    resources,
  }),
});

/** Prometheus, which reads every team's monitors and sends what it read nowhere. */
const prometheus = fields({
  podDisruptionBudget: budget,
  prometheusSpec: fields({
    podMonitorSelectorNilUsesHelmValues: aFlag,
    probeSelectorNilUsesHelmValues: aFlag,
    ruleSelectorNilUsesHelmValues: aFlag,
    serviceMonitorSelectorNilUsesHelmValues: aFlag,
    replicas: aNumber,
    podAntiAffinity: is("soft", "hard"),
    retention: aText,
    retentionSize: aText,
    storageSpec: volume,
    resources,
  }),
});

/** Prometheus, Alertmanager, Grafana, and what reads nodes and objects. */
export function kubePrometheusStack(environment: EnvironmentEntry): Shape {
  const switched = fields({ enabled: aFlag });
  return fields(
    {
      crds: fields({ enabled: is(true) }),
      prometheus,
      alertmanager,
      grafana: grafana(environment),
      prometheusOperator: fields({ resources }),
      "kube-state-metrics": fields({ resources }),
      "prometheus-node-exporter": fields({ resources }),
      kubeControllerManager: switched,
      kubeEtcd: switched,
      kubeScheduler: switched,
      kubeProxy: switched,
    },
    "grafana",
  );
}

/** What brings CloudWatch's figures to Prometheus. */
export function cloudWatchExporter(): Shape {
  return fields(
    {
      config: aText,
      fullnameOverride: aText,
      podSecurityContext: podSecurity,
      resources,
      securityContext: containerSecurity,
      serviceAccount,
      serviceMonitor: monitor,
      testConnection: is(false),
    },
    "podSecurityContext",
    "securityContext",
  );
}

/** What brings what pods write to the group that has a key and an end. */
export function podLogs({ name, region }: EnvironmentEntry): Shape {
  const logs = {
    enabled: aFlag,
    region: is(region),
    logGroupName: is(`/paved/${name}/pods`),
    logStreamTemplate: aText,
    autoCreateGroup: is(false),
  };
  return fields(
    {
      serviceAccount,
      cloudWatchLogs: fields(logs, "autoCreateGroup", "logGroupName"),
      tolerations: listOf(fields({ operator: is("Exists") })),
      priorityClassName: is("system-node-critical"),
      resources,
    },
    "cloudWatchLogs",
  );
}
