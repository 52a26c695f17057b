import type { Environment } from "@paved/model";
import { grafanaHost } from "../../dns-zone/gateway-hosts";
import type { HelmValue } from "../values";
import { resources } from "./facts";

/** Namespace of Prometheus, Alertmanager and Grafana. */
export const MONITORING_NAMESPACE = "monitoring";

/** Grafana as others have to know it. */
export const GRAFANA = {
  /** Name of its Service, which answers on port 80, of its service account, and its pods' `app.kubernetes.io/name`. */
  name: "grafana",
  /** Port of its pods. */
  port: 3000,
  /** Secret with what Grafana shows the provider of sign-in, made by External Secrets. */
  signInSecret: { name: "grafana-sign-in", key: "client-secret" },
} as const;

const SIGN_IN_FOLDER = "/etc/secrets/sign-in";

/** Everybody whom the provider lets in, and nobody else: no password of Grafana's own is right, since there is none. */
function signIn({ signIn: provider }: Environment): Record<string, HelmValue> {
  return {
    auth: { disable_login_form: true },
    "auth.basic": { enabled: false },
    "auth.anonymous": { enabled: false },
    "auth.generic_oauth": {
      enabled: true,
      name: new URL(provider.issuer).host,
      auto_login: true,
      allow_sign_up: true,
      client_id: provider.clientId,
      client_secret: `$__file{${SIGN_IN_FOLDER}/${GRAFANA.signInSecret.key}}`,
      auth_url: provider.authorizationUrl,
      token_url: provider.tokenUrl,
      api_url: provider.userInfoUrl,
      scopes: "openid profile email",
      use_pkce: true,
      // Explore, where logs and pods are shown, is closed to less. What is changed by hand goes with the pod.
      role_attribute_path: "'Editor'",
    },
  };
}

/** Values of Grafana, which the monitoring stack brings along. */
export function grafanaValues(environment: Environment): HelmValue {
  const host = grafanaHost(environment);
  return {
    fullnameOverride: GRAFANA.name,
    resources: resources("100m", "256Mi"),
    serviceMonitor: { enabled: true },
    serviceAccount: { create: true, name: GRAFANA.name },
    env: { GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: "true" },
    // Its pod waits for a secret that Argo CD brings, which is installed later: the installation must not wait for the pod.
    deploymentStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
    extraSecretMounts: [
      { name: "sign-in", mountPath: SIGN_IN_FOLDER, secretName: GRAFANA.signInSecret.name, readOnly: true },
    ],
    additionalDataSources: [
      {
        name: "CloudWatch",
        uid: "cloudwatch",
        type: "cloudwatch",
        // With its own cloud identity.
        jsonData: { authType: "default", defaultRegion: environment.region },
      },
    ],
    // Without an administrator nothing can tell Grafana to read again: sources are there before it starts, dashboards it looks for.
    sidecar: {
      dashboards: { enabled: true, label: "grafana_dashboard", searchNamespace: "ALL", skipReload: true },
      datasources: { initDatasources: true, skipReload: true },
    },
    "grafana.ini": {
      server: { domain: host, root_url: `https://${host}/` },
      security: { cookie_secure: true },
      users: { allow_sign_up: false },
      ...signIn(environment),
    },
  };
}
