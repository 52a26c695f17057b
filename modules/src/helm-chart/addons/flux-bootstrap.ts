import { Construct } from "constructs";
import { stackOf } from "../../stack/paved-stack";
import { HelmChart } from "../helm-chart";
import type { HelmValue } from "../values";
import { DELIVERY_CREDENTIALS } from "./delivery-credentials";
import { DELIVERIES, FIRST_ACCOUNTS, FLUX_NAMESPACE, GATEWAY_KINDS, KUSTOMIZATIONS_FOLDER } from "./flux-names";
import { GATEWAY_API } from "./gateway-kinds";

/** Applied when Git changes, held against it every ten minutes, and tried again each minute while something is not there yet. */
export const RECONCILED = { interval: "10m", retryInterval: "1m", timeout: "5m", prune: true } as const;

type Spec = Readonly<Record<string, HelmValue>>;

/** A repository, and the Kustomization that applies a folder of it. */
function synced(name: string, repository: Spec, kustomization: Spec): readonly HelmValue[] {
  const metadata = { name, namespace: FLUX_NAMESPACE };
  const sourceRef = { kind: "GitRepository", name };
  return [
    { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository", metadata, spec: repository },
    {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata,
      spec: { ...RECONCILED, ...kustomization, sourceRef },
    },
  ];
}

/**
 * The first Kustomization of Flux: the kinds of the Gateway API, which no chart of its project brings, as an account that may
 * bring kinds and nothing else. As with Argo CD, they are there within minutes of this release, not before it is done.
 *
 * @param flux the release that brings the kinds of Kustomizations
 */
export function fluxGatewayKinds(scope: Construct, flux: HelmChart): HelmChart {
  const group = new Construct(scope, "gateway-kinds");
  return new HelmChart(group, "chart", {
    chart: "objects",
    name: GATEWAY_KINDS,
    namespace: flux.namespace,
    after: [flux.release],
    values: {
      objects: synced(
        GATEWAY_KINDS,
        { url: GATEWAY_API.repository, ref: { tag: GATEWAY_API.revision }, interval: "1h" },
        {
          path: "./config/crd/standard",
          // To take the kinds away would take every route with them.
          prune: false,
          serviceAccountName: FIRST_ACCOUNTS.gatewayKinds,
        },
      ),
    },
  });
}

/**
 * The delivery repository, one for the whole environment so that all of it is at one commit, and the Kustomization from which
 * all others follow: the folder in which those of the environment are kept. From then on Git says what runs.
 *
 * @param gatewayKinds what `fluxGatewayKinds` gave
 * @param controllers whatever else brings kinds that are delivered
 */
export function fluxBootstrap(scope: Construct, gatewayKinds: HelmChart, controllers: readonly HelmChart[]): HelmChart {
  const group = new Construct(scope, "flux-bootstrap");
  const { delivery, name } = stackOf(group).environment;
  return new HelmChart(group, "chart", {
    chart: "objects",
    name: DELIVERIES,
    namespace: gatewayKinds.namespace,
    after: [gatewayKinds, ...controllers].map(({ release }) => release),
    values: {
      objects: synced(
        DELIVERIES,
        {
          url: delivery.repository,
          ref: { branch: delivery.revision },
          interval: "1m",
          secretRef: { name: DELIVERY_CREDENTIALS },
        },
        { path: `./gitops/${name}/${KUSTOMIZATIONS_FOLDER}`, serviceAccountName: FIRST_ACCOUNTS.deliveries },
      ),
    },
  });
}
