import type { EnvironmentEntry } from "@paved/model";
import { fields, is, like, type Shape } from "./shape";

const duration = like(/[1-9]\d*[smh]/);
const RECONCILED = { interval: duration, retryInterval: duration, timeout: duration };

/**
 * The spec of the Kustomization that delivers a unit: the environment's folder of its name, as an account of its name, to its own
 * namespace, and none of what would render, replace, force or leave out on the way.
 */
export function deliveredKustomization({ name }: EnvironmentEntry, unit: string): Shape {
  const sourceRef = { kind: is("GitRepository"), name: is("flux-system") };
  const known = {
    ...RECONCILED,
    prune: is(true),
    wait: is(true),
    sourceRef: fields(sourceRef, ...Object.keys(sourceRef)),
    path: is(`./gitops/${name}/${unit}`),
    serviceAccountName: is(`deliver-${unit}`),
    ...(unit === "platform" ? {} : { targetNamespace: is(unit) }),
  };
  return fields(known, ...Object.keys(known));
}

/** What the chart that brings a repository and its first Kustomization is told: that of the deliveries, or that of kinds of routes. */
export function firstKustomization({ name, delivery }: EnvironmentEntry): Shape {
  const deliveries = sync(
    {
      url: is(delivery.repository),
      ref: only({ branch: is(delivery.revision) }),
      interval: duration,
      secretRef: only({ name: is("delivery-repository") }),
    },
    { prune: is(true), path: is(`./gitops/${name}/_flux`), serviceAccountName: is("paved.kustomizations") },
  );
  const kinds = sync(
    {
      url: is("https://github.com/kubernetes-sigs/gateway-api.git"),
      ref: only({ tag: like(/v\d+\.\d+\.\d+/) }),
      interval: duration,
    },
    { prune: is(false), path: is("./config/crd/standard"), serviceAccountName: is("paved.gateway-kinds") },
  );
  return (value, path) => {
    const found = [deliveries, kinds].map((shape) => shape(value, path));
    return found.some(({ length }) => length === 0) ? [] : (found[0] ?? []);
  };
}

const only = (known: Readonly<Record<string, Shape>>): Shape => fields(known, ...Object.keys(known));

function sync(repository: Readonly<Record<string, Shape>>, kustomization: Readonly<Record<string, Shape>>): Shape {
  return only({
    gitRepository: only({ spec: only(repository) }),
    kustomization: only({ spec: only({ ...RECONCILED, ...kustomization }) }),
  });
}
