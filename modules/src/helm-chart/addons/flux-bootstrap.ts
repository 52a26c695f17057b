import { Construct } from "constructs";
import { stackOf } from "../../stack/paved-stack";
import { HelmChart } from "../helm-chart";
import { DELIVERY_CREDENTIALS } from "./delivery-credentials";
import { DELIVERIES, FIRST_ACCOUNTS, GATEWAY_KINDS, KUSTOMIZATIONS_FOLDER } from "./flux-names";
import { GATEWAY_API } from "./gateway-kinds";

/** Applied when Git changes, held against it every ten minutes, and tried again each minute while something is not there yet. */
export const RECONCILED = { interval: "10m", retryInterval: "1m", timeout: "5m", prune: true } as const;

/**
 * The first Kustomization of Flux: the kinds of the Gateway API, which no chart of its project brings, as an account that may
 * bring kinds and nothing else. As with Argo CD, they are there within minutes of this release, not before it is done.
 *
 * @param flux the release that brings the kinds of Kustomizations
 */
export function fluxGatewayKinds(scope: Construct, flux: HelmChart): HelmChart {
  const group = new Construct(scope, "gateway-kinds");
  return new HelmChart(group, "chart", {
    chart: "flux2-sync",
    name: GATEWAY_KINDS,
    namespace: flux.namespace,
    after: [flux.release],
    values: {
      // The chart adds a branch, over which the tag takes precedence.
      gitRepository: { spec: { url: GATEWAY_API.repository, ref: { tag: GATEWAY_API.revision }, interval: "1h" } },
      kustomization: {
        spec: {
          ...RECONCILED,
          path: "./config/crd/standard",
          // To take the kinds away would take every route with them.
          prune: false,
          serviceAccountName: FIRST_ACCOUNTS.gatewayKinds,
        },
      },
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
    chart: "flux2-sync",
    name: DELIVERIES,
    namespace: gatewayKinds.namespace,
    after: [gatewayKinds, ...controllers].map(({ release }) => release),
    values: {
      gitRepository: {
        spec: {
          url: delivery.repository,
          ref: { branch: delivery.revision },
          interval: "1m",
          secretRef: { name: DELIVERY_CREDENTIALS },
        },
      },
      kustomization: {
        spec: {
          ...RECONCILED,
          path: `./gitops/${name}/${KUSTOMIZATIONS_FOLDER}`,
          serviceAccountName: FIRST_ACCOUNTS.deliveries,
        },
      },
    },
  });
}
