import { type Component, flags, type Setting } from "./component";
import type { Subject } from "../certificates/authority";

const ADDRESS = "127.0.0.1";

/** The controllers: deployments, quotas, endpoints, garbage collection and all others that need no cloud. */
export async function controllerManager(setting: Setting): Promise<Component> {
  const { credentials } = setting;
  return watcher(setting, "kube-controller-manager", {
    "service-account-private-key-file": credentials.accountKey,
    "root-ca-file": credentials.authority("kubernetes"),
    // Each controller acts with the rights of its own account.
    "use-service-account-credentials": true,
  });
}

/** The scheduler. */
export async function scheduler(setting: Setting): Promise<Component> {
  return watcher(setting, "kube-scheduler", {});
}

/** What the two have in common: they reach the API server by a kubeconfig, serve their health, and are alone. */
async function watcher(
  { folder, programs, ports, credentials }: Setting,
  name: "kube-controller-manager" | "kube-scheduler",
  own: Readonly<Record<string, string | boolean>>,
): Promise<Component> {
  const kubeconfig = folder.kubeconfigOf(name);
  const subject: Subject = { name, usage: "server", addresses: [ADDRESS] };
  const serving = await credentials.files("kubernetes", subject);
  return {
    name,
    binary: programs[name].binary,
    arguments: flags({
      "bind-address": ADDRESS,
      "secure-port": ports[name],
      "tls-cert-file": serving.certificate,
      "tls-private-key-file": serving.key,
      kubeconfig,
      "authentication-kubeconfig": kubeconfig,
      "authorization-kubeconfig": kubeconfig,
      "leader-elect": false,
      profiling: false,
      ...own,
    }),
    ports: [ports[name]],
    health: { url: `https://${ADDRESS}:${ports[name]}/healthz`, authority: credentials.authority("kubernetes") },
  };
}
