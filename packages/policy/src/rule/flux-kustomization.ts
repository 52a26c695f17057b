import type { EnvironmentEntry } from "@paved/model";
import { all, either, is, like, type Shape } from "./shape";

const duration = like(/[1-9]\d*[smh]/);
const RECONCILED = { interval: duration, retryInterval: duration, timeout: duration };

/**
 * The spec of the Kustomization that delivers a unit: the environment's folder of its name, as an account of its name, to its own
 * namespace, and none of what would render, replace, force or leave out on the way.
 */
export function deliveredKustomization({ name }: EnvironmentEntry, unit: string): Shape {
  return all({
    ...RECONCILED,
    prune: is(true),
    wait: is(true),
    sourceRef: all({ kind: is("GitRepository"), name: is("flux-system") }),
    path: is(`./gitops/${name}/${unit}`),
    serviceAccountName: is(`deliver-${unit}`),
    ...(unit === "platform" ? {} : { targetNamespace: is(unit) }),
  });
}

/** What the chart that brings a repository and its first Kustomization is told: that of the deliveries, or that of kinds of routes. */
export function firstKustomization({ name, delivery }: EnvironmentEntry): Shape {
  const deliveries = sync(
    {
      url: is(delivery.repository),
      ref: all({ branch: is(delivery.revision) }),
      interval: duration,
      secretRef: all({ name: is("delivery-repository") }),
    },
    { prune: is(true), path: is(`./gitops/${name}/_flux`), serviceAccountName: is("paved.kustomizations") },
  );
  const kinds = sync(
    {
      url: is("https://github.com/kubernetes-sigs/gateway-api.git"),
      ref: all({ tag: like(/v\d+\.\d+\.\d+/) }),
      interval: duration,
    },
    { prune: is(false), path: is("./config/crd/standard"), serviceAccountName: is("paved.gateway-kinds") },
  );
  return either(deliveries, kinds);
}

function sync(repository: Readonly<Record<string, Shape>>, kustomization: Readonly<Record<string, Shape>>): Shape {
  return all({
    gitRepository: all({ spec: all(repository) }),
    kustomization: all({ spec: all({ ...RECONCILED, ...kustomization }) }),
  });
}
