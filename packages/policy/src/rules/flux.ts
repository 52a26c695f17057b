import { asText, at } from "../rule/attributes";
import { deliveredKustomization } from "../rule/flux-kustomization";
import { type Attributes, type ManifestRule, manifestRule } from "../rule/rule";

const kustomization = (spec: Attributes): object => ({
  kind: "Kustomization",
  metadata: { name: "orders", namespace: "flux-system" },
  spec: {
    interval: "10m",
    retryInterval: "1m",
    timeout: "5m",
    prune: true,
    wait: true,
    sourceRef: { kind: "GitRepository", name: "flux-system" },
    path: "./gitops/production/orders",
    serviceAccountName: "deliver-orders",
    targetNamespace: "orders",
    ...spec,
  },
});

/** Rules on what tells Flux what to deliver. The first of these, which come with a chart, are judged by HELM-007. */
export const fluxRules: readonly ManifestRule[] = [
  manifestRule({
    id: "K8S-DLV-013",
    title: "What Flux applies is a unit's own folder, as the unit's own account",
    severity: "critical",
    source: "Flux, security best practices, multi-tenancy lockdown; Flux, Kustomization; OpenGitOps principles 1.0.0",
    why: "A Kustomization is whatever account of its namespace it names: with another's it writes where that one may.",
    want: "the environment's repository, the folder, account and namespace of its own name, prune, wait, and nothing that renders, substitutes, patches or forces",
    fix: "leave the Kustomization as the platform makes it; its fields are listed in packages/policy/src/rule/flux-kustomization.ts",
    judges: ["Kustomization"],
    check: ({ manifest, environment }) =>
      deliveredKustomization(environment, asText(at(manifest, "metadata.name")))(manifest["spec"], ""),
    fails: [kustomization({ serviceAccountName: "deliver-platform" })],
    passes: [kustomization({})],
  }),
];
