import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PavedError } from "@paved/model";
import { type AttributeSchema, type BlockSchema, providerSchema, resourceSchema } from "../src";
import { SchemaCache } from "../src/schema/cache";
import { blockType } from "../src/schema/model";
import { PROVIDER_NAMES, typesOf } from "../src/schema/providers";

const attribute = (block: BlockSchema, name: string): AttributeSchema | undefined =>
  block.attributes.find((one) => one.name === name);
const nested = (block: BlockSchema, ...names: string[]): BlockSchema => {
  const [name, ...rest] = names;
  return name === undefined ? block : nested(block.blocks.find((one) => one.name === name)!.block, ...rest);
};
const shape = (block: BlockSchema): Record<string, string> =>
  Object.fromEntries(block.blocks.map(({ name, nesting, min, max }) => [name, `${nesting} ${min}..${max}`]));

describe("schemas from the pinned bindings", () => {
  test.each([
    ["aws_eks_cluster", "vpc_config", "list 1..1"],
    ["aws_eks_cluster", "timeouts", "single 0..0"],
    ["kubernetes_namespace_v1", "metadata", "list 1..1"],
    ["kubernetes_role_v1", "rule", "list 1..0"],
    ["aws_db_parameter_group", "parameter", "set 0..0"],
    ["aws_eks_node_group", "taint", "set 0..0"],
    ["aws_launch_template", "block_device_mappings", "list 0..0"],
    ["aws_launch_template", "metadata_options", "list 0..1"],
  ])("%s has the block %s: %s", (type, block, expected) => {
    expect(shape(resourceSchema(type))[block]).toBe(expected);
  });

  test.each([
    ["aws_eks_cluster", "certificate_authority", ["list", ["object", { data: "string" }]]],
    ["aws_eks_cluster", "enabled_cluster_log_types", ["set", "string"]],
    ["aws_eks_node_group", "instance_types", ["list", "string"]],
    ["aws_vpc", "enable_dns_support", "bool"],
    ["aws_vpc", "tags_all", ["map", "string"]],
    ["aws_db_instance", "port", "number"],
    ["aws_lambda_event_source_mapping", "queues", ["list", "string"]],
    ["aws_emr_instance_group", "instance_count", "number"],
    ["aws_cloudwatch_metric_alarm", "dimensions", ["map", "string"]],
    ["kubernetes_manifest", "manifest", "dynamic"],
    ["helm_release", "resources", ["map", "string"]],
  ])("%s.%s has the type %j", (type, name, expected) => {
    expect(attribute(resourceSchema(type), name)?.type).toEqual(expected);
  });

  test("flags inside nested blocks are kept", () => {
    const scaling = nested(resourceSchema("aws_eks_node_group"), "scaling_config");
    expect(scaling.attributes.map(({ name, required }) => [name, required])).toEqual([
      ["desired_size", true],
      ["max_size", true],
      ["min_size", true],
    ]);
    const metadata = nested(resourceSchema("kubernetes_namespace_v1"), "metadata");
    expect(attribute(metadata, "uid")).toMatchObject({ computed: true, optional: false, required: false });
    expect(attribute(metadata, "name")).toMatchObject({ computed: true, optional: true });
    const selector = nested(
      resourceSchema("kubernetes_network_policy_v1"),
      "spec",
      "egress",
      "to",
      "namespace_selector",
    );
    expect(shape(selector)).toEqual({ match_expressions: "list 0..0" });
  });

  test("attributes of protocol 6 nest, older providers have object types instead", () => {
    const set = attribute(resourceSchema("helm_release"), "set");
    expect(set?.nested?.nesting).toBe("list");
    expect(set?.nested?.attributes.map(({ name, required }) => [name, required])).toEqual([
      ["name", true],
      ["type", false],
      ["value", false],
    ]);
    expect(attribute(providerSchema("helm"), "kubernetes")?.nested?.nesting).toBe("single");
    expect(attribute(resourceSchema("helm_release"), "timeouts")?.nested?.nesting).toBe("single");
    const ingress = attribute(resourceSchema("aws_security_group"), "ingress");
    expect([ingress?.nested, ingress?.type[0], ingress?.optional, ingress?.computed]).toEqual([
      undefined,
      "set",
      true,
      true,
    ]);
  });

  test("secrets are sensitive, and write-only attributes are known", () => {
    expect(attribute(resourceSchema("aws_db_instance"), "password")?.sensitive).toBe(true);
    expect(attribute(resourceSchema("aws_ssm_parameter"), "value")?.sensitive).toBe(true);
    expect(attribute(resourceSchema("aws_elasticache_user"), "passwords")?.sensitive).toBe(true);
    expect(attribute(resourceSchema("aws_ssm_parameter"), "insecure_value")?.sensitive).toBeUndefined();
    expect(attribute(resourceSchema("aws_ssm_parameter"), "value_wo")?.sensitive).toBe(true);
    expect(attribute(resourceSchema("aws_ssm_parameter"), "has_value_wo")?.writeOnly).toBeUndefined();
    expect(attribute(resourceSchema("kubernetes_secret_v1"), "data")?.sensitive).toBe(true);
    expect(attribute(resourceSchema("kubernetes_config_map_v1"), "data")?.sensitive).toBeUndefined();
    for (const [type, name] of [
      ["aws_ssm_parameter", "value_wo"],
      ["kubernetes_secret_v1", "data_wo"],
      ["helm_release", "set_wo"],
    ] as const) {
      expect([name, attribute(resourceSchema(type), name)?.writeOnly]).toEqual([name, true]);
    }
  });

  test("data sources and providers have schemas of their own", () => {
    expect(attribute(resourceSchema("aws_eks_cluster", "data"), "endpoint")).toMatchObject({
      computed: true,
      optional: false,
    });
    expect(shape(providerSchema("aws"))).toMatchObject({ default_tags: "list 0..0", endpoints: "set 0..0" });
    expect(attribute(providerSchema("aws"), "allowed_account_ids")?.type).toEqual(["set", "string"]);
    expect(attribute(providerSchema("aws"), "alias")).toBeUndefined();
  });

  test("bindings that are generated into several files are read whole", () => {
    expect(blockType(resourceSchema("kubernetes_pod_v1", "data"))[1]).toHaveProperty("spec");
  });

  test("hundreds of types extract, each attribute with exactly one way to get its value", () => {
    const types = PROVIDER_NAMES.flatMap((provider) => typesOf(provider, "resource")).filter(
      (_, index) => index % 12 === 0,
    );
    expect(types.length).toBeGreaterThan(100);
    for (const type of types) {
      const wrong = resourceSchema(type).attributes.filter(({ required, optional, computed }) =>
        required ? optional || computed : !optional && !computed,
      );
      expect([type, wrong]).toEqual([type, []]);
    }
  });

  test.each([
    ["aws_eks_clutser", "resource", "did you mean aws_eks_cluster?"],
    ["aws_eks_clutser", "data", "did you mean aws_eks_cluster?"],
    ["kubernetes_namespace_v2", "resource", "did you mean kubernetes_namespace_v1?"],
    ["random_id", "resource", "use a type that one of these providers documents"],
    ["aws_../provider", "resource", "use a type that one of these providers documents"],
  ] as const)("%s as %s is PVD3002: %s", (type, kind, fix) => {
    const read = (): unknown => resourceSchema(type, kind);
    expect(read).toThrow(PavedError);
    expect(read).toThrow(/PVD3002/);
    expect(read).toThrow(fix);
  });
});

describe("the schema cache", () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), "paved-cache-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const files = (): string[] =>
    readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".schema"));

  test("writes one file a type, by version, and reads it back", () => {
    const schema = new SchemaCache(directory).type("aws_vpc", "resource");
    expect(files()).toEqual([expect.stringMatching(/^schemas-\d+\/aws-[\d.]+\/resource-aws_vpc\.schema$/)]);
    expect(new SchemaCache(directory).type("aws_vpc", "resource")).toEqual(schema);
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["empty", () => ""],
    ["another schema", () => '{"attributes":[],"blocks":[]}'],
    ["changed in one place", (text: string) => text.replace("cidr_block", "cidr_blocc")],
  ])("a file that is %s is extracted again, and no half-written file is left", (_, damage) => {
    const file = path.join(directory, files()[0]!);
    const whole = readFileSync(file, "utf8");
    writeFileSync(file, damage(whole));
    expect(new SchemaCache(directory).type("aws_vpc", "resource")).toEqual(resourceSchema("aws_vpc"));
    expect(readFileSync(file, "utf8")).toBe(whole);
    expect(files()).toHaveLength(1);
  });

  test("an unknown type is refused", () => {
    expect(() => new SchemaCache(directory).type("aws_db_instanse", "resource")).toThrow(
      /did you mean aws_db_instance\?/,
    );
  });
});
