import { Construct } from "constructs";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { WorkloadIdentity } from "../../workload-identity/workload-identity";
import { HelmChart } from "../helm-chart";
import { type MonitoredFacts, REPLICAS, resources, spread } from "./facts";
import { loadBalancerPolicy } from "./load-balancer-policy";

const NAME = "aws-load-balancer-controller";

/** {@link MonitoredFacts} of an add-on that serves or reads routes: the kinds of those have to be there. */
export interface RoutedFacts extends MonitoredFacts {
  /** What `gatewayKinds` gave. */
  readonly gatewayKinds: HelmChart;
}

/**
 * AWS Load Balancer Controller, which makes load balancers for routes. Region and network are told to it: it could not
 * find them out, since nodes answer no pod's question for instance metadata.
 *
 * It is told as well which routes it serves. By itself it looks for the kinds of routes once, when it starts, and serves
 * none for as long as it runs when they are missing (v3.5.0, pkg/gateway/crddetect). Told, it waits two minutes for them,
 * ends, and is started again until they are there.
 */
export function awsLoadBalancerController(scope: Construct, facts: RoutedFacts): HelmChart {
  const group = new Construct(scope, "load-balancer");
  const { region, account } = stackOf(group).environment;
  const namespace = new PlatformNamespace(group, "namespace", { name: NAME });
  const identity = new WorkloadIdentity(group, "identity", {
    name: "load-balancer",
    namespace: namespace.name,
    serviceAccount: NAME,
    clusterName: facts.clusterName,
  });
  for (const statement of loadBalancerPolicy({ account, region, vpcId: facts.vpcId })) identity.allow(statement);
  return new HelmChart(group, "chart", {
    chart: "aws-load-balancer-controller",
    namespace: namespace.name,
    after: [facts.monitoring.release, facts.gatewayKinds.release, ...identity.ready],
    values: {
      clusterName: facts.clusterName,
      region,
      vpcId: facts.vpcId,
      replicaCount: REPLICAS,
      podDisruptionBudget: { maxUnavailable: 1 },
      topologySpreadConstraints: spread({ "app.kubernetes.io/name": NAME }),
      priorityClassName: "system-cluster-critical",
      serviceAccount: { create: true, name: NAME },
      resources: resources("100m", "256Mi"),
      podSecurityContext: { fsGroup: 65_534, seccompProfile: { type: "RuntimeDefault" } },
      securityContext: {
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
      },
      defaultTargetType: "ip",
      // All three, or it looks for itself after all.
      controllerConfig: { featureGates: { ALBGatewayAPI: true, NLBGatewayAPI: false, GatewayListenerSet: false } },
      // Its webhook on every Service would stop all other installations while the controller is away.
      enableServiceMutatorWebhook: false,
      // An upgrade must not throw away the webhook's certificate.
      keepTLSSecret: true,
      enableShield: false,
      enableWaf: false,
      enableWafv2: true,
      serviceMonitor: { enabled: true },
    },
  });
}
