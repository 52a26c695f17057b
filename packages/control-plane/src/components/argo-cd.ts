import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Component, flags, type HealthCheck, type Setting } from "./component";
import type { ArgoCdComponentName } from "./names";
import type { Subject } from "../certificates/authority";
import { ARGO_CD_NAMESPACE } from "../delivery/refresh";
import type { DeliverySecrets } from "../delivery/secrets";
import { RECONCILIATION_SECONDS } from "../delivery/settings";
import { type ArgoCdPrograms, WRAPPERS } from "../programs/delivery";

const ADDRESS = "127.0.0.1";

/** What Argo CD's API is known by. */
export const ARGO_CD_SERVER: Subject = {
  name: "argocd-server",
  usage: "server",
  addresses: [ADDRESS, "localhost"],
};

/** Where Argo CD's API listens. */
export function argoCdAddress(port: number): string {
  return `https://${ADDRESS}:${port}`;
}

/** What the three processes of Argo CD are made from. */
export interface ArgoCdSetting extends Setting {
  readonly delivery: ArgoCdPrograms;
  readonly secrets: DeliverySecrets;
}

/** The repository server, which fetches what Git says and makes manifests of it. */
export function repositoryServer(setting: ArgoCdSetting): Component {
  const { ports } = setting;
  const [port, metrics] = [ports["argocd-repo-server"], ports["argocd-repo-server-metrics"]];
  return argoCd(setting, {
    name: "argocd-repo-server",
    flags: {
      address: ADDRESS,
      port,
      "metrics-address": ADDRESS,
      "metrics-port": metrics,
      redis: redisOf(setting),
      // Or a push would be noticed by itself only when what is known of the repository is three minutes old.
      "revision-cache-expiration": `${RECONCILIATION_SECONDS / 2}s`,
      "disable-tls": true,
      "client-ca-path": "",
    },
    ports: [port, metrics],
    health: { url: `http://${ADDRESS}:${metrics}/healthz?full=true` },
  });
}

/** The application controller, which holds the cluster against Git and puts it right. */
export function applicationController(setting: ArgoCdSetting): Component {
  const port = setting.ports["argocd-application-controller"];
  return argoCd(setting, {
    name: "argocd-application-controller",
    flags: {
      "metrics-port": port,
      redis: redisOf(setting),
      "repo-server": repositoryServerOf(setting),
      "repo-server-plaintext": true,
      "app-resync": RECONCILIATION_SECONDS,
      "app-resync-jitter": 0,
      namespace: ARGO_CD_NAMESPACE,
      kubeconfig: setting.folder.kubeconfigOf("argocd-application-controller"),
    },
    ports: [port],
    health: { url: `http://${ADDRESS}:${port}/healthz` },
  });
}

/** Argo CD's API. */
export function argoCdServer(setting: ArgoCdSetting): Component {
  const { ports, credentials } = setting;
  const [port, metrics] = [ports["argocd-server"], ports["argocd-server-metrics"]];
  return argoCd(setting, {
    name: "argocd-server",
    flags: {
      address: ADDRESS,
      port,
      "metrics-address": ADDRESS,
      "metrics-port": metrics,
      redis: redisOf(setting),
      "repo-server": repositoryServerOf(setting),
      "repo-server-plaintext": true,
      namespace: ARGO_CD_NAMESPACE,
      kubeconfig: setting.folder.kubeconfigOf("argocd-server"),
    },
    ports: [port, metrics],
    health: { url: `${argoCdAddress(port)}/healthz?full=true`, authority: credentials.authority("kubernetes") },
  });
}

function redisOf({ ports }: ArgoCdSetting): string {
  return `${ADDRESS}:${ports.redis}`;
}

function repositoryServerOf({ ports }: ArgoCdSetting): string {
  return `${ADDRESS}:${ports["argocd-repo-server"]}`;
}

interface Own {
  readonly name: Extract<ArgoCdComponentName, `argocd-${string}`>;
  readonly flags: Readonly<Record<string, string | number | boolean>>;
  readonly ports: readonly number[];
  readonly health: HealthCheck;
}

/** What the three have in common: one program, which by a variable is one or the other, and no place outside its folder. */
function argoCd({ folder, delivery, secrets }: ArgoCdSetting, own: Own): Component {
  const { binary, files } = delivery[own.name];
  const place = path.join(folder.working(own.name), "files");
  const at = (name: string): string => path.join(place, name);
  for (const name of ["tmp", "tls", "ssh", "gpg", "keys", "plugins"]) mkdirSync(at(name), { recursive: true });
  return {
    name: own.name,
    binary,
    // Every look at every application is several lines otherwise, each ten seconds.
    arguments: flags({ ...own.flags, loglevel: "warn" }),
    environment: {
      ARGOCD_BINARY_NAME: own.name,
      ARGOCD_FAKE_IN_CLUSTER: "true",
      KUBECONFIG: folder.kubeconfigOf(own.name),
      REDIS_PASSWORD: secrets.redisPassword,
      ARGOCD_GPG_ENABLED: "false",
      ARGOCD_TLS_DATA_PATH: at("tls"),
      ARGOCD_SSH_DATA_PATH: at("ssh"),
      ARGOCD_GNUPGHOME: at("gpg"),
      ARGOCD_GPG_DATA_PATH: at("keys"),
      ARGOCD_PLUGINSOCKFILEPATH: at("plugins"),
      // Relative to where it works: the path of a socket may be no longer than 107 bytes.
      ARGOCD_ASK_PASS_SOCK: "ask-pass.sock",
      TMPDIR: at("tmp"),
      GIT_CONFIG_NOSYSTEM: "1",
    },
    programs: path.join(files!, path.dirname(WRAPPERS[0])),
    ports: own.ports,
    health: own.health,
  };
}
