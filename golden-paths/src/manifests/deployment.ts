import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { type Manifest, rendered } from "./manifest";
import { podTemplate, spread } from "./pod";
import { metadata, type PodFacts, selector } from "./pod-facts";

/** Pods that run until they are told to end. Their number is left to whatever scales them. */
export function deployment(facts: PodFacts): Manifest {
  const template = podTemplate(facts);
  const model = new Deployment({
    metadata: metadata(facts),
    spec: {
      revisionHistoryLimit: 5,
      selector: { matchLabels: selector(facts) },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
      template: { ...template, spec: { ...template.spec, topologySpreadConstraints: spread(facts) } },
    },
  });
  return rendered(model, facts.where);
}
