import { Construct } from "constructs";
import { clusterName } from "../../cluster/cluster-name";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { WorkloadIdentity } from "../../workload-identity/workload-identity";
import { HelmChart } from "../helm-chart";
import { type MonitoredFacts, REPLICAS, resources, spread } from "./facts";

const NAME = "cluster-autoscaler";
/** User and group of nobody, as the image has it. */
const NOBODY = 65_534;

/** It simulates the scheduler, and so follows the Kubernetes version, by minor version; the chart's own image does not. */
export const AUTOSCALER_IMAGES: ReadonlyMap<string, string> = new Map([
  ["1.35", "v1.35.2"],
  ["1.36", "v1.36.1"],
]);

/** EKS marks the groups of managed nodes so, by the name of their cluster. Only these may be changed. */
function identify(scope: Construct, namespace: string): WorkloadIdentity {
  const { environment } = stackOf(scope);
  const { region, account } = environment;
  const cluster = clusterName(environment);
  const identity = new WorkloadIdentity(scope, "identity", { name: NAME, namespace, serviceAccount: NAME });
  identity.allow({
    actions: [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeAutoScalingInstances",
      "autoscaling:DescribeLaunchConfigurations",
      "autoscaling:DescribeScalingActivities",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplateVersions",
    ],
    resources: ["*"],
  });
  identity.allow({
    actions: ["eks:DescribeNodegroup"],
    resources: [`arn:aws:eks:${region}:${account}:nodegroup/${cluster}/*/*`],
  });
  identity.allow({
    actions: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
    resources: [`arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/eks-*`],
    conditions: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: "owned" } },
  });
  return identity;
}

/**
 * Cluster Autoscaler: nodes come when pods find no place, up to the most that the environment allows, and go when they are
 * idle. It changes the node groups of its own cluster and nothing else.
 *
 * Cost: nothing is billed for it; the nodes it starts are.
 */
export function clusterAutoscaler(scope: Construct, facts: MonitoredFacts): HelmChart {
  const group = new Construct(scope, NAME);
  const { region, cluster } = stackOf(group).environment;
  const namespace = new PlatformNamespace(group, "namespace", { name: NAME });
  const identity = identify(group, namespace.name);
  const tag = AUTOSCALER_IMAGES.get(cluster.version);
  return new HelmChart(group, "chart", {
    chart: NAME,
    namespace: namespace.name,
    after: [facts.monitoring.release, ...identity.ready],
    values: {
      fullnameOverride: NAME,
      ...(tag === undefined ? {} : { image: { tag } }),
      cloudProvider: "aws",
      awsRegion: region,
      autoDiscovery: { clusterName: facts.clusterName },
      replicaCount: REPLICAS,
      topologySpreadConstraints: spread({ "app.kubernetes.io/instance": NAME }),
      resources: resources("50m", "256Mi"),
      rbac: { serviceAccount: { create: true, name: NAME } },
      securityContext: {
        runAsNonRoot: true,
        runAsUser: NOBODY,
        runAsGroup: NOBODY,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containerSecurityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      extraArgs: {
        // Every pod has a /tmp of its own, and the platform's pods are everywhere: no node would ever go.
        "skip-nodes-with-local-storage": false,
        "skip-nodes-with-system-pods": false,
        "balance-similar-node-groups": true,
      },
      serviceMonitor: { enabled: true, namespace: NAME },
    },
  });
}
