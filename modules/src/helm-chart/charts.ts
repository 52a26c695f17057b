/** Where a chart comes from, and which one exactly. */
export interface ChartPin {
  /** Chart repository. @default - it is a folder of `modules/charts`, by its name */
  readonly repository?: string;
  /** Exact chart version. */
  readonly version: string;
  /** Version of the software in it, for readers. */
  readonly appVersion: string;
}

/**
 * The platform's charts: the newest tag of each upstream repository whose values were read (2026-08). To raise one: read
 * the chart's upgrade notes, change the line, and go through dev first. The pull request that does is reviewed by its impact
 * and planned once it is merged: until then no job with credentials fetches the other version (docs/workflows.md).
 */
export const CHARTS = {
  "argo-cd": { repository: "https://argoproj.github.io/argo-helm", version: "10.1.1", appVersion: "v3.4.4" },
  "aws-for-fluent-bit": { repository: "https://aws.github.io/eks-charts", version: "0.2.0", appVersion: "3.2.1" },
  "cert-manager": { repository: "https://charts.jetstack.io", version: "v1.21.2", appVersion: "v1.21.2" },
  "cluster-autoscaler": {
    repository: "https://kubernetes.github.io/autoscaler",
    version: "9.59.0",
    appVersion: "1.35.0",
  },
  "external-dns": {
    repository: "https://kubernetes-sigs.github.io/external-dns/",
    version: "1.21.1",
    appVersion: "0.21.0",
  },
  "external-secrets": { repository: "https://charts.external-secrets.io", version: "2.9.0", appVersion: "v2.9.0" },
  flux2: {
    repository: "https://fluxcd-community.github.io/helm-charts",
    version: "2.18.3",
    appVersion: "v2.8.5",
  },
  keda: { repository: "https://kedacore.github.io/charts", version: "2.20.2", appVersion: "2.20.2" },
  "metrics-server": {
    repository: "https://kubernetes-sigs.github.io/metrics-server/",
    version: "3.13.1",
    appVersion: "0.8.1",
  },
  // Of this repository, so that it is there whoever can be reached, and is installed by Helm itself in the sandbox too.
  objects: { version: "1.0.0", appVersion: "none" },
  "kube-prometheus-stack": {
    repository: "https://prometheus-community.github.io/helm-charts",
    version: "88.5.3",
    appVersion: "v0.93.1",
  },
  "aws-load-balancer-controller": {
    repository: "https://aws.github.io/eks-charts",
    version: "3.5.0",
    appVersion: "v3.5.0",
  },
  "prometheus-yet-another-cloudwatch-exporter": {
    repository: "https://prometheus-community.github.io/helm-charts",
    version: "0.47.0",
    appVersion: "v0.67.0",
  },
} as const satisfies Record<string, ChartPin>;

/** A chart that versions are pinned for. */
export type ChartName = keyof typeof CHARTS;
