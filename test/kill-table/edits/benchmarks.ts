import { type Edit, editsOf } from "../edit";

const policy = "policy" as const;

/** Unsafe edits after which a control of a benchmark would hold for nothing, or no longer for everything. */
export const benchmarkEdits: readonly Edit[] = [
  ...editsOf("modules/src/namespace/namespace.ts", [
    {
      what: "pods of services that name no account get the default one's token",
      from: "    silenceDefaultAccount(this, this.name);\n",
      to: "",
      caught: policy,
      by: "K8S-NS-004",
    },
  ]),
  ...editsOf("modules/src/namespace/platform-namespace.ts", [
    {
      what: "pods of add-ons that name no account get the default one's token",
      from: "    silenceDefaultAccount(this, this.name);\n",
      to: "",
      caught: policy,
      by: "K8S-NS-004",
    },
  ]),
  ...editsOf("modules/src/namespace/default-account.ts", [
    {
      what: "default accounts give pods their token",
      from: "automountServiceAccountToken: false",
      to: "automountServiceAccountToken: true",
      caught: policy,
      by: "K8S-NS-004",
    },
  ]),
  ...editsOf("stacks/src/platform/delivery.ts", [
    {
      what: "the gateway's namespace keeps the default account as Kubernetes makes it",
      from: "[namespace(environment), defaultAccount()]",
      to: "[namespace(environment)]",
      caught: policy,
      by: "K8S-DLV-004",
    },
    {
      what: "the default account of the gateway's namespace gives pods its token",
      from: "automountServiceAccountToken: false",
      to: "automountServiceAccountToken: true",
      caught: policy,
      by: "K8S-DLV-004",
    },
  ]),
  ...editsOf("modules/src/cluster/add-ons.ts", [
    {
      what: "nothing in the cluster enforces network policies, and no rule has anything to look at",
      from: 'this.install("vpc-cni", { after: [identityAgent], settings: POD_NETWORK })',
      to: "identityAgent",
      caught: policy,
      by: "PVD2014",
    },
  ]),
  ...editsOf("golden-paths/src/manifests/deployment.ts", [
    {
      what: "pods come by a kind that no rule on pods looks at",
      from: "return rendered(model, facts.where);",
      to: 'return { ...rendered(model, facts.where), kind: "Rollout" };',
      caught: policy,
      by: "PVD2014",
    },
  ]),
];
