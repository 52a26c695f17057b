import type { EnvironmentEntry } from "@paved/model";
import { all, is, like, objectOf, type Shape } from "./shape";

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

/** The repositories and Kustomizations that come after Flux's own release: those of the deliveries, and those of kinds of routes. */
export function firstKustomizations({ name, delivery }: EnvironmentEntry): readonly Shape[] {
  const deliveries = synced(
    "flux-system",
    {
      url: is(delivery.repository),
      ref: all({ branch: is(delivery.revision) }),
      interval: duration,
      secretRef: all({ name: is("delivery-repository") }),
    },
    { prune: is(true), path: is(`./gitops/${name}/_flux`), serviceAccountName: is("paved.kustomizations") },
  );
  const kinds = synced(
    "gateway",
    {
      url: is("https://github.com/kubernetes-sigs/gateway-api.git"),
      ref: all({ tag: like(/v\d+\.\d+\.\d+/) }),
      interval: duration,
    },
    { prune: is(false), path: is("./config/crd/standard"), serviceAccountName: is("paved.gateway-kinds") },
  );
  return [...deliveries, ...kinds];
}

type Shapes = Readonly<Record<string, Shape>>;

function synced(name: string, repository: Shapes, kustomization: Shapes): readonly Shape[] {
  const spec = { ...RECONCILED, ...kustomization, sourceRef: all({ kind: is("GitRepository"), name: is(name) }) };
  const identity = { name, namespace: "flux-system" };
  const source = { ...identity, apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" };
  const applied = { ...identity, apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" };
  return [objectOf(source, all(repository)), objectOf(applied, all(spec))];
}
