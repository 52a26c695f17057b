import { loadEnvironments } from "@paved/environments";
import { DELIVERED_KINDS, type Manifest } from "@paved/golden-paths";
import { buildFleet, loadServices } from "@paved/stacks";
import { type Attributes, synth, type SynthesizedStack } from "@paved/testing";

/** What a reviewer wants to see of a type when an environment's data or a default changes; other types are counted. */
const REVIEWED: Readonly<Record<string, readonly string[]>> = {
  aws_cloudfront_distribution: ["aliases"],
  aws_db_instance: [
    "engine_version",
    "instance_class",
    "allocated_storage",
    "multi_az",
    "backup_retention_period",
    "deletion_protection",
    "lifecycle",
  ],
  aws_ecr_repository: ["name", "image_tag_mutability"],
  aws_eks_addon: ["addon_name", "addon_version"],
  aws_eks_cluster: ["name", "version", "deletion_protection"],
  aws_eks_node_group: ["instance_types", "scaling_config"],
  aws_elasticache_replication_group: ["engine_version", "node_type", "num_cache_clusters", "multi_az_enabled"],
  aws_s3_bucket: ["bucket", "lifecycle"],
  aws_sns_topic_subscription: ["topic_arn"],
  aws_sqs_queue: ["name", "visibility_timeout_seconds", "lifecycle"],
  aws_subnet: ["cidr_block", "availability_zone"],
  aws_vpc: ["cidr_block"],
  helm_release: ["chart", "version"],
  kubernetes_resource_quota_v1: ["spec"],
};

function reviewed(stack: SynthesizedStack): readonly string[] {
  const managed = stack.addresses().filter((address) => !address.startsWith("data."));
  const lines = managed.flatMap((address) => {
    const attributes = REVIEWED[address.split(".")[0]!];
    return attributes === undefined ? [] : [`  ${address} ${shown(stack.at(address), attributes)}`];
  });
  const others = managed.length - lines.length;
  return [...lines, `  and ${others} others`];
}

const shown = (from: Attributes, names: readonly string[]): string =>
  names
    .filter((name) => from[name] !== undefined)
    .map((name) => `${name}=${JSON.stringify(from[name]).replaceAll('"', "")}`)
    .join(" ");

/** What of a manifest differs between environments. */
interface Differing {
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly minReplicaCount?: number;
  readonly maxReplicaCount?: number;
  readonly hostnames?: readonly string[];
  readonly schedule?: string;
}

/** A manifest by kind and name, with what differs between environments. */
function delivered(manifest: Manifest): string {
  const { kind, metadata, spec = {} } = manifest as Manifest & { readonly spec?: Differing };
  const max = spec.maxReplicas ?? spec.maxReplicaCount;
  const facts = [
    ...(max === undefined ? [] : [`${spec.minReplicas ?? spec.minReplicaCount}-${max} replicas`]),
    ...(spec.hostnames ?? []),
    ...(spec.schedule === undefined ? [] : [spec.schedule]),
  ];
  return `  ${[kind, metadata.name, ...facts].join(" ")}`;
}

const environments = loadEnvironments();
const names = environments.map(({ environment }) => environment.name);
let stacks: Readonly<Record<string, SynthesizedStack>>;
let deliveries: ReturnType<typeof buildFleet>["deliveries"];
beforeAll(() => {
  stacks = synth((app) => {
    ({ deliveries } = buildFleet(app, environments, loadServices()));
  });
});

const lasting = environments.filter(({ environment }) => environment.ephemeral === false);

test.each(lasting.map(({ environment }) => environment.name))("%s, as a reviewer reads it", (name) => {
  const ofStacks = Object.entries(stacks)
    .filter(([stack]) => stack.startsWith(`${name}-`))
    .flatMap(([stack, synthesized]) => [stack, ...reviewed(synthesized)]);
  const ofDeliveries = deliveries
    .filter(({ environment }) => environment === name)
    .flatMap((delivery) => [`gitops ${delivery.name}`, ...delivery.manifests.map(delivered)]);
  expect(`\n${[...ofStacks, ...ofDeliveries].join("\n")}\n`).toMatchSnapshot();
});

test("every environment has the same stacks: what differs is data", () => {
  const of = (name: string) =>
    Object.keys(stacks)
      .filter((stack) => stack.startsWith(`${name}-`))
      .map((stack) => stack.slice(name.length + 1));
  for (const name of names) expect(of(name)).toEqual(of(names[0]!));
});

test("Argo CD may sync every kind that services deliver, and has an application for each that delivers", () => {
  const ofServices = deliveries.filter(
    ({ name, manifests }) => !/^(_argocd|platform)$/.test(name) && manifests.length > 0,
  );
  const delivered = new Set(
    ofServices.flatMap(({ manifests }) => manifests.map(({ apiVersion, kind }) => groupKind(apiVersion, kind))),
  );
  const permitted = new Set(DELIVERED_KINDS.map(({ group, kind }) => `${group}/${kind}`));
  expect([...delivered].filter((kind) => !permitted.has(kind))).toEqual([]);
  for (const name of names) {
    const applications = deliveries
      .find((delivery) => delivery.environment === name && delivery.name === "_argocd")!
      .manifests.filter(({ kind }) => kind === "Application");
    expect(applications.map(({ metadata }) => metadata.name).toSorted()).toEqual(
      ["platform", ...ofServices.filter(({ environment }) => environment === name).map((each) => each.name)].toSorted(),
    );
  }
});

function groupKind(apiVersion: string, kind: string): string {
  return `${apiVersion.includes("/") ? apiVersion.split("/")[0] : ""}/${kind}`;
}
