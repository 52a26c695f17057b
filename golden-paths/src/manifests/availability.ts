import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { type Manifest, rendered } from "./manifest";
import { metadata, type PodFacts, selector } from "./pod-facts";

/** How many pods the load needs. */
export interface CpuScale {
  readonly min: number;
  readonly max: number;
  /** Share of the promised CPU in use, in percent, that pods are added above. */
  readonly cpuPercent: number;
}

/** Keeps the number of pods between the service's bounds by CPU use: quick to grow, slow to shrink. */
export function autoscaler(facts: PodFacts, scale: CpuScale): Manifest {
  const model = new HorizontalPodAutoscaler({
    metadata: metadata(facts),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: facts.name },
      minReplicas: scale.min,
      maxReplicas: scale.max,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: scale.cpuPercent } },
        },
      ],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    },
  });
  return rendered(model, facts.where);
}

/** Lets one pod at a time be moved. Not a minimum: that would stop node upgrades where one replica is all there is. */
export function disruptionBudget(facts: PodFacts): Manifest {
  const model = new PodDisruptionBudget({
    metadata: metadata(facts),
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: selector(facts) } },
  });
  return rendered(model, facts.where);
}
