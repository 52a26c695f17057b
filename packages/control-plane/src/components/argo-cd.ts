import { mkdirSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import { type Component, flags, type Setting } from "./component";
import type { ArgoCdComponentName } from "./names";
import type { Subject } from "../certificates/authority";
import { ARGO_CD_NAMESPACE } from "../delivery/refresh";
import type { DeliverySecrets } from "../delivery/secrets";
import { RECONCILIATION_SECONDS } from "../delivery/settings";
import type { Ports } from "../ports";
import { type ArgoCdPrograms, WRAPPERS } from "../programs/delivery";

const ADDRESS = "127.0.0.1";

/** What Argo CD's API is known by. */
export const ARGO_CD_SERVER: Subject = {
  name: "argocd-server",
  usage: "server",
  addresses: [ADDRESS, "localhost"],
};

/** Both are of Argo CD's own authority, so that no user of Kubernetes gets into the repository server. */
const REPOSITORY_SERVER: Subject = { name: "argocd-repo-server", usage: "server", addresses: [ADDRESS] };
const REPOSITORY_CLIENT: Subject = { name: "argocd-repo-client", usage: "client" };

/** Where Argo CD's API listens. */
export function argoCdAddress(port: number): string {
  return `https://${ADDRESS}:${port}`;
}

/** What the three processes of Argo CD are made from. */
export interface ArgoCdSetting extends Setting {
  readonly delivery: ArgoCdPrograms;
  readonly secrets: DeliverySecrets;
}

/**
 * The repository server, which fetches what Git says and makes manifests of it. A request may name a program that it is to
 * run: it answers Argo CD's other two processes, and nobody else.
 */
export async function repositoryServer(setting: ArgoCdSetting): Promise<Component> {
  const { credentials, folder, ports } = setting;
  const settings = folder.settings("argocd-repo-server");
  // No flag names them, and without them it would make itself a certificate of nobody's authority.
  const serving = await credentials.pair("argo-cd", REPOSITORY_SERVER);
  writeAtomically(path.join(settings, "reposerver", "tls", "tls.crt"), serving.certificate);
  writeAtomically(path.join(settings, "reposerver", "tls", "tls.key"), serving.key, 0o600);
  const metrics = ports["argocd-repo-server-metrics"];
  return argoCd(setting, {
    name: "argocd-repo-server",
    flags: {
      ...served(ports, "argocd-repo-server"),
      // Or a push would be noticed by itself only when what is known of the repository is three minutes old.
      "revision-cache-expiration": `${RECONCILIATION_SECONDS / 2}s`,
      "client-ca-path": credentials.authority("argo-cd"),
    },
    environment: { ARGOCD_APP_CONF_PATH: settings },
    ports: [ports["argocd-repo-server"], metrics],
    health: { url: `http://${ADDRESS}:${metrics}/healthz?full=true` },
  });
}

/** The application controller, which holds the cluster against Git and puts it right. */
export async function applicationController(setting: ArgoCdSetting): Promise<Component> {
  const port = setting.ports["argocd-application-controller"];
  return argoCd(setting, {
    name: "argocd-application-controller",
    flags: {
      "metrics-port": port,
      ...(await asking(setting, "argocd-application-controller")),
      "app-resync": RECONCILIATION_SECONDS,
      "app-resync-jitter": 0,
    },
    ports: [port],
    health: { url: `http://${ADDRESS}:${port}/healthz` },
  });
}

/** Argo CD's API. */
export async function argoCdServer(setting: ArgoCdSetting): Promise<Component> {
  const { ports, credentials } = setting;
  const port = ports["argocd-server"];
  return argoCd(setting, {
    name: "argocd-server",
    flags: { ...served(ports, "argocd-server"), ...(await asking(setting, "argocd-server")) },
    ports: [port, ports["argocd-server-metrics"]],
    health: { url: `${argoCdAddress(port)}/healthz?full=true`, authority: credentials.authority("kubernetes") },
  });
}

/** Where the two listen that are asked something. */
function served(ports: Ports, name: "argocd-repo-server" | "argocd-server"): Flags {
  return { address: ADDRESS, port: ports[name], "metrics-address": ADDRESS, "metrics-port": ports[`${name}-metrics`] };
}

/** How the two that watch the API server reach it, and the repository server. */
async function asking({ credentials, folder, ports }: ArgoCdSetting, name: ArgoCdName): Promise<Flags> {
  const client = await credentials.files("argo-cd", REPOSITORY_CLIENT);
  return {
    "repo-server": `${ADDRESS}:${ports["argocd-repo-server"]}`,
    "repo-server-ca-cert-path": credentials.authority("argo-cd"),
    "repo-server-client-cert-path": client.certificate,
    "repo-server-client-cert-key-path": client.key,
    namespace: ARGO_CD_NAMESPACE,
    kubeconfig: folder.kubeconfigOf(name),
  };
}

type ArgoCdName = Extract<ArgoCdComponentName, `argocd-${string}`>;
type Flags = Parameters<typeof flags>[0];

interface Own extends Pick<Component, "environment" | "ports" | "health"> {
  readonly name: ArgoCdName;
  readonly flags: Flags;
}

/** What the three have in common: one program, which by a variable is one or the other, and no place outside its folder. */
function argoCd({ folder, ports, delivery, secrets }: ArgoCdSetting, own: Own): Component {
  const { binary, files } = delivery[own.name];
  const place = path.join(folder.working(own.name), "files");
  const at = (name: string): string => path.join(place, name);
  for (const name of ["tmp", "tls", "ssh", "gpg", "keys", "plugins"]) mkdirSync(at(name), { recursive: true });
  return {
    name: own.name,
    binary,
    // Every look at every application is several lines otherwise, each ten seconds.
    arguments: flags({ ...own.flags, redis: `${ADDRESS}:${ports.redis}`, loglevel: "warn" }),
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
      ...own.environment,
    },
    programs: path.join(files!, path.dirname(WRAPPERS[0])),
    ports: own.ports,
    health: own.health,
  };
}
