import type { EnvironmentEntry } from "@paved/model";
import { aFlag, aNumber, aText, fields, is, like, listOf, type Shape, someOf } from "../rule/shape";
import {
  budget,
  containerSecurity,
  metrics,
  monitor,
  podSecurity,
  priority,
  resources,
  serviceAccount,
  spread,
} from "./add-on-settings";

const replicated = { replicaCount: aNumber, podDisruptionBudget: budget, resources };

export function certManager(): Shape {
  return fields({
    ...replicated,
    cainjector: fields(replicated),
    webhook: fields(replicated),
    crds: fields({ enabled: is(true) }),
    prometheus: fields({ enabled: aFlag, servicemonitor: monitor }),
  });
}

export function externalSecrets(): Shape {
  return fields({
    ...replicated,
    certController: fields(replicated),
    webhook: fields(replicated),
    installCRDs: is(true),
    leaderElect: is(true),
    serviceAccount,
    serviceMonitor: monitor,
  });
}

export function keda(): Shape {
  const each = (shape: Shape) => fields({ metricServer: shape, operator: shape, webhooks: shape });
  return fields({
    clusterName: aText,
    crds: fields({ install: is(true) }),
    metricsServer: fields({ replicaCount: aNumber }),
    operator: fields({ name: aText, replicaCount: aNumber }),
    webhooks: fields({ replicaCount: aNumber }),
    podDisruptionBudget: each(budget),
    prometheus: each(metrics),
    resources: each(resources),
    serviceAccount: fields({ operator: serviceAccount }),
  });
}

/** Reads what pods use from the nodes, by certificates that it checks. */
export function metricsServer(): Shape {
  return fields({
    replicas: aNumber,
    podDisruptionBudget: budget,
    topologySpreadConstraints: spread,
    priorityClassName: priority,
    resources,
    metrics,
    serviceMonitor: monitor,
  });
}

export function clusterAutoscaler({ region }: EnvironmentEntry): Shape {
  const options = {
    "balance-similar-node-groups": aFlag,
    "skip-nodes-with-local-storage": aFlag,
    "skip-nodes-with-system-pods": aFlag,
  };
  return fields(
    {
      autoDiscovery: fields({ clusterName: aText }, "clusterName"),
      awsRegion: is(region),
      cloudProvider: is("aws"),
      containerSecurityContext: containerSecurity,
      extraArgs: fields(options),
      fullnameOverride: aText,
      // The chart's own image, in the version of the cluster.
      image: fields({ tag: like(/v\d+\.\d+\.\d+/) }),
      rbac: fields({ serviceAccount }),
      replicaCount: aNumber,
      resources,
      securityContext: podSecurity,
      serviceMonitor: monitor,
      topologySpreadConstraints: spread,
      priorityClassName: priority,
    },
    "autoDiscovery",
    "containerSecurityContext",
    "securityContext",
  );
}

/** Writes names of routes, of the environment's zone alone, and takes none away. */
export function externalDns({ domain, name, region }: EnvironmentEntry): Shape {
  return fields(
    {
      domainFilters: someOf(is(domain)),
      env: listOf(fields({ name: is("AWS_REGION"), value: is(region) })),
      extraArgs: fields({ "zone-id-filter": aText }, "zone-id-filter"),
      policy: is("upsert-only"),
      provider: fields({ name: is("aws") }),
      registry: is("txt"),
      resources,
      serviceAccount,
      serviceMonitor: monitor,
      sources: someOf(is("gateway-httproute", "gateway-grpcroute")),
      txtOwnerId: is(`paved-${name}`),
      txtPrefix: aText,
    },
    "domainFilters",
    "extraArgs",
    "policy",
    "sources",
    "txtOwnerId",
  );
}

/** Makes load balancers of gateways, and of nothing else. */
export function loadBalancerController({ region }: EnvironmentEntry): Shape {
  const gates = { ALBGatewayAPI: is(true), GatewayListenerSet: is(false), NLBGatewayAPI: is(false) };
  return fields(
    {
      clusterName: aText,
      controllerConfig: fields({ featureGates: fields(gates) }),
      defaultTargetType: is("ip"),
      enableServiceMutatorWebhook: is(false),
      enableShield: aFlag,
      enableWaf: aFlag,
      enableWafv2: aFlag,
      keepTLSSecret: aFlag,
      podDisruptionBudget: budget,
      podSecurityContext: podSecurity,
      priorityClassName: priority,
      region: is(region),
      replicaCount: aNumber,
      resources,
      securityContext: containerSecurity,
      serviceAccount,
      serviceMonitor: monitor,
      topologySpreadConstraints: spread,
      vpcId: aText,
    },
    "enableServiceMutatorWebhook",
    "podSecurityContext",
    "securityContext",
  );
}
