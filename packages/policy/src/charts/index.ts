import type { EnvironmentEntry } from "@paved/model";
import type { Shape } from "../rule/shape";
import { argoCd } from "./argo";
import {
  certManager,
  clusterAutoscaler,
  externalDns,
  externalSecrets,
  keda,
  loadBalancerController,
  metricsServer,
} from "./controllers";
import { firstObjects } from "./first-objects";
import { flux } from "./flux";
import { cloudWatchExporter, kubePrometheusStack, podLogs } from "./monitoring";

/** Where a chart comes from, and what it may be told. */
export interface KnownChart {
  /** The repository of whoever makes what is in it. @default - this one: its folder is what the release names */
  readonly repository?: string;
  /** Its values: what is not in it, nobody looked at yet. */
  readonly values: (environment: EnvironmentEntry) => Shape;
}

const ARGO = "https://argoproj.github.io/argo-helm";
const AWS = "https://aws.github.io/eks-charts";
const FLUX = "https://fluxcd-community.github.io/helm-charts";
const PROMETHEUS = "https://prometheus-community.github.io/helm-charts";

/** Every chart that the platform installs, by name. */
export const KNOWN_CHARTS: ReadonlyMap<string, KnownChart> = new Map<string, KnownChart>([
  ["./charts/objects", { values: firstObjects }],
  ["argo-cd", { repository: ARGO, values: argoCd }],
  ["aws-for-fluent-bit", { repository: AWS, values: podLogs }],
  ["aws-load-balancer-controller", { repository: AWS, values: loadBalancerController }],
  ["cert-manager", { repository: "https://charts.jetstack.io", values: certManager }],
  ["cluster-autoscaler", { repository: "https://kubernetes.github.io/autoscaler", values: clusterAutoscaler }],
  ["external-dns", { repository: "https://kubernetes-sigs.github.io/external-dns/", values: externalDns }],
  ["external-secrets", { repository: "https://charts.external-secrets.io", values: externalSecrets }],
  ["flux2", { repository: FLUX, values: flux }],
  ["keda", { repository: "https://kedacore.github.io/charts", values: keda }],
  ["kube-prometheus-stack", { repository: PROMETHEUS, values: kubePrometheusStack }],
  ["metrics-server", { repository: "https://kubernetes-sigs.github.io/metrics-server/", values: metricsServer }],
  ["prometheus-yet-another-cloudwatch-exporter", { repository: PROMETHEUS, values: cloudWatchExporter }],
]);
