import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Component, flags, type Setting } from "./component";
import type { FluxComponentName } from "./names";
import { FLUX_NAMESPACE } from "../delivery/flux/namespace";
import type { FluxPrograms } from "../programs/flux";

const ADDRESS = "127.0.0.1";

/** What Flux's two controllers are made from. */
export interface FluxSetting extends Setting {
  readonly delivery: FluxPrograms;
}

/** Fetches what repositories say, and gives it as archives to whoever asks on this machine. */
export function sourceController(setting: FluxSetting): Component {
  const artifacts = `${ADDRESS}:${setting.ports["source-controller-artifacts"]}`;
  return flux(setting, "source-controller", {
    flags: {
      "storage-path": placeOf(setting, "source-controller", "artifacts"),
      "storage-addr": artifacts,
      "storage-adv-addr": artifacts,
    },
    ports: [setting.ports["source-controller-artifacts"]],
  });
}

/** Applies those archives, each as a service account, and holds the cluster against them. */
export function kustomizeController(setting: FluxSetting): Component {
  return flux(setting, "kustomize-controller", {
    flags: {
      // Whoever names no account is one that has no rights.
      "default-service-account": "default",
      "no-cross-namespace-refs": true,
      "no-remote-bases": true,
    },
    ports: [],
  });
}

interface Own {
  readonly flags: Readonly<Record<string, string | boolean>>;
  readonly ports: readonly number[];
}

/** What the two have in common: they look at nothing outside of one namespace, serve no metrics, and are alone. */
function flux(setting: FluxSetting, name: Exclude<FluxComponentName, "git-server">, own: Own): Component {
  const { folder, ports, delivery } = setting;
  const health = `${ADDRESS}:${ports[name]}`;
  return {
    name,
    binary: delivery[name].binary,
    arguments: flags({
      "health-addr": health,
      "metrics-addr": 0,
      "watch-all-namespaces": false,
      // Otherwise each look is a line, each ten seconds.
      "log-level": "error",
      ...own.flags,
    }),
    environment: {
      KUBECONFIG: folder.kubeconfigOf(name),
      RUNTIME_NAMESPACE: FLUX_NAMESPACE,
      TMPDIR: placeOf(setting, name, "tmp"),
      GIT_CONFIG_NOSYSTEM: "1",
    },
    ports: [ports[name], ...own.ports],
    health: { url: `http://${health}/healthz` },
  };
}

function placeOf({ folder }: FluxSetting, name: FluxComponentName, what: string): string {
  const place = path.join(folder.working(name), "files", what);
  mkdirSync(place, { recursive: true });
  return place;
}
