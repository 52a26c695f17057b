import type { EnvironmentEntry } from "@paved/model";
import { asText, at, blocks, isRecord, onlyKnown, recordAt, shown, unless } from "../rule/attributes";
import { type Attributes, type RootRule, rootRule, type Violation } from "../rule/rule";

/** Data sources that modules read, each with the name it has to have. Another one is added when a module reads it. */
const READ: Readonly<Record<string, (environment: EnvironmentEntry, id: string) => string>> = {
  aws_eks_cluster: clusterOf,
  // Other rules know a contract by the id of what reads it.
  aws_ssm_parameter: ({ name }, id) => `/paved/${name}/${id.replace(/^contract-(.+)-(v\d+)$/, "$1/$2")}`,
};

function clusterOf({ name }: EnvironmentEntry): string {
  return `paved-${name}`;
}

/** Named blocks of one kind, such as `data.aws_ssm_parameter`; nothing where the JSON has something else. */
function named(root: Attributes, section: string): readonly (readonly [string, readonly Attributes[]])[] {
  return Object.entries(recordAt(root, section)).map(([name, value]) => [name, blocks(value)]);
}

/** The only configuration of a provider; nothing when there is none, or a second. */
function provider(root: Attributes, name: string): Attributes | undefined {
  const [only, ...more] = named(root, "provider").find(([each]) => each === name)?.[1] ?? [];
  return more.length === 0 ? only : undefined;
}

/** Whether a stack sets a provider, or makes something by it: without settings it goes wherever its surroundings say. */
function isUsed(root: Attributes, name: string): boolean {
  return (
    named(root, "provider").some(([each]) => each === name) ||
    named(root, "resource").some(([type]) => type.startsWith(`${name}_`))
  );
}

const CLUSTER_HOST = /^\$\{data\.aws_eks_cluster\.([a-z][\w-]*)\.endpoint\}$/;

/** What is wrong with how a provider reaches a cluster. */
function connection(settings: Attributes, environment: EnvironmentEntry): readonly Violation[] {
  const { host, cluster_ca_certificate: authority, exec } = settings;
  const cluster = CLUSTER_HOST.exec(asText(host))?.[1];
  const certificate = `\${base64decode(data.aws_eks_cluster.${cluster}.certificate_authority[0].data)}`;
  const [login = {}] = blocks(exec);
  const args = ["eks", "get-token", "--cluster-name", clusterOf(environment), "--region", environment.region];
  return [
    ...onlyKnown(settings, "host cluster_ca_certificate exec"),
    ...onlyKnown(login, "api_version command args", "exec."),
    ...unless(cluster !== undefined, `host is ${shown(host)}`),
    ...unless(authority === certificate, `cluster_ca_certificate is ${shown(authority)}`),
    ...unless(login["command"] === "aws", `exec.command is ${shown(login["command"])}`),
    ...unless(JSON.stringify(login["args"]) === JSON.stringify(args), `exec.args is ${shown(login["args"])}`),
  ];
}

/** How a provider of Kubernetes is told of the cluster, for examples. */
const CONNECTED = {
  host: "${data.aws_eks_cluster.main.endpoint}",
  cluster_ca_certificate: "${base64decode(data.aws_eks_cluster.main.certificate_authority[0].data)}",
  exec: {
    api_version: "client.authentication.k8s.io/v1",
    command: "aws",
    args: ["eks", "get-token", "--cluster-name", "paved-production", "--region", "eu-west-1"],
  },
};

/** Where providers come from: the one registry, and of it who makes them all. */
const MAKER = "registry.opentofu.org/hashicorp";

const STATE = {
  bucket: "paved-state-111111111111",
  key: "production/orders.tfstate",
  region: "eu-west-1",
  kms_key_id: "alias/paved-state",
  encrypt: true,
  use_lockfile: true,
};

/** Rules on what a stack reads, where it keeps its state, and where its providers go. */
export const rootRules: readonly RootRule[] = [
  rootRule({
    id: "ROOT-002",
    title: "A stack reads the contracts of its own environment, and nothing else",
    severity: "high",
    source: "Design: stacks meet in contracts; OpenTofu, data sources",
    why: "A data source runs at every plan with the rights of the pipeline, and shows whoever reads the plan what it found.",
    want: "data sources aws_ssm_parameter.contract-<name>-v<n> of /paved/<environment>/<name>/v<n>, and aws_eks_cluster of the environment's cluster",
    fix: "publish() the fact and consume() it; a module's new data source is added to the list in packages/policy/src/rules/roots.ts",
    judges: ["data.*"],
    check: ({ root, environment }) =>
      named(root, "data").flatMap(([type, groups]) =>
        groups.flatMap(Object.entries).flatMap(([id, read]): readonly Violation[] => {
          const wanted = Object.hasOwn(READ, type) ? READ[type]?.(environment, id) : undefined;
          if (wanted === undefined) return [{ got: `data.${type}.${id}` }];
          const name = at(read, "name");
          return [
            ...unless(name === wanted, `data.${type}.${id} reads ${shown(name)}`),
            ...onlyKnown(isRecord(read) ? read : {}, "name", `data.${type}.${id}: `),
          ];
        }),
      ),
    fails: { data: { aws_secretsmanager_secret_version: { theirs: { secret_id: "paved/production/payments/key" } } } },
    passes: { data: { aws_ssm_parameter: { "contract-network-v1": { name: "/paved/production/network/v1" } } } },
  }),
  rootRule({
    id: "ROOT-003",
    title: "A stack changes its environment's account, in its region, and no other",
    severity: "critical",
    source: "AWS provider, allowed_account_ids; Security Hub IAM.1 by reach",
    why: "With other credentials in the pipeline's environment, or another endpoint, the same plan changes another account, or hands the credentials over.",
    want: "one provider aws with allowed_account_ids of the environment's account alone, its region, default_tags, and nothing else",
    fix: "extend PavedStack, which sets it",
    judges: ["provider.aws"],
    check: ({ root, environment }) => {
      const aws = provider(root, "aws");
      if (aws === undefined) return [{ got: "not one provider aws" }];
      const { region, allowed_account_ids: accounts } = aws;
      return [
        ...onlyKnown(aws, "region allowed_account_ids default_tags"),
        ...unless(region === environment.region, `region is ${shown(region)}`),
        ...unless(
          JSON.stringify(accounts) === JSON.stringify([environment.account]),
          `allowed_account_ids is ${shown(accounts)}`,
        ),
      ];
    },
    fails: { provider: { aws: [{ region: "eu-west-1", profile: "mine" }] } },
    passes: { provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["111111111111"] }] } },
  }),
  rootRule({
    id: "ROOT-004",
    title: "Kubernetes objects and charts go into the environment's own cluster",
    severity: "critical",
    source: "Kubernetes and Helm providers, authentication; EKS Best Practices, identity and access management",
    why: "A token in the JSON is in the plan; a host that is written down, or is not verified, gets the pipeline's token.",
    want: "host and certificate of data.aws_eks_cluster, exec of aws eks get-token for the environment's cluster, and nothing else",
    fix: "call useKubernetes(stack) or useHelm(stack)",
    judges: ["provider.kubernetes", "provider.helm"],
    check: ({ root, environment }) => {
      const kubernetes = provider(root, "kubernetes") ?? {};
      const helm = provider(root, "helm") ?? {};
      return [
        ...(isUsed(root, "kubernetes") ? connection(kubernetes, environment) : []),
        ...(isUsed(root, "helm") ? connection(blocks(helm["kubernetes"])[0] ?? {}, environment) : []),
        ...onlyKnown(helm, "kubernetes"),
      ];
    },
    fails: { provider: { kubernetes: [{ ...CONNECTED, insecure: true }] } },
    passes: { provider: { kubernetes: [CONNECTED], helm: [{ kubernetes: CONNECTED }] } },
  }),
  rootRule({
    id: "ROOT-005",
    title: "A stack keeps its state where only its own pipeline looks",
    severity: "critical",
    source: "OpenTofu, S3 backend; CKV_AWS_300 by reach",
    why: "Two stacks with one key destroy each other's resources; a state in another bucket is another's to read and to write.",
    want: "bucket paved-state-<account>, key <environment>/<stack>.tfstate, the environment's region, kms_key_id alias/paved-state, and no other argument but encrypt and use_lockfile",
    fix: "extend PavedStack, and name bucket, region and key so in the environment's state",
    judges: ["terraform.backend"],
    check: ({ root, environment, stack }) => {
      const backend = recordAt(root, "terraform.backend");
      const [s3 = {}] = blocks(at(backend, "s3"));
      const wanted: Attributes = {
        bucket: `paved-state-${environment.account}`,
        key: `${environment.name}/${stack.slice(environment.name.length + 1)}.tfstate`,
        region: environment.region,
        kms_key_id: "alias/paved-state",
      };
      return [
        ...onlyKnown(backend, "s3"),
        ...onlyKnown(s3, "bucket key region kms_key_id encrypt use_lockfile"),
        ...Object.entries(wanted).flatMap(([name, value]) =>
          unless(s3[name] === value, `${name} is ${shown(s3[name])}`),
        ),
      ];
    },
    fails: { terraform: { backend: { s3: { ...STATE, key: "production/payments.tfstate" } } } },
    passes: { terraform: { backend: { s3: STATE } } },
  }),
  rootRule({
    id: "ROOT-008",
    title: "Providers are those that the platform vetted",
    severity: "critical",
    source: "OpenTofu, provider requirements; SLSA, pinned dependencies",
    why: "A provider is a program that runs with the rights of the pipeline: who names another registry or maker runs his own.",
    want: `a source of ${MAKER}`,
    fix: "call qualifyProvider on the stack",
    judges: ["terraform.required_providers"],
    check: ({ root }) => {
      const wanted = recordAt(root, "terraform.required_providers");
      return Object.entries(wanted).flatMap(([name, asked]) =>
        unless(at(asked, "source") === `${MAKER}/${name}`, `source of ${name} is ${shown(at(asked, "source"))}`),
      );
    },
    fails: {
      terraform: { required_providers: { aws: { source: "registry.example.com/evil/aws", version: "6.25.0" } } },
    },
    passes: { terraform: { required_providers: { aws: { source: `${MAKER}/aws`, version: "6.25.0" } } } },
  }),
];
