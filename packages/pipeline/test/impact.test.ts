import { COMMENT_LIMIT, differenceInWords, impactHtml, impactMarkdown, impactOf } from "../src";
import { monthlyPrice } from "../src/impact/cost";
import { masked } from "../src/difference/masked";
import { fleetOf, type MadeStack } from "./synthesized-fleet";

const database = (more: object = {}) => ({
  aws_db_instance: {
    main: { instance_class: "db.t4g.small", allocated_storage: 20, db_name: "orders", ...more },
  },
});
const impact = (before: Readonly<Record<string, MadeStack>>, after: Readonly<Record<string, MadeStack>>) =>
  impactOf({ before: fleetOf(before), after: fleetOf(after), changedFiles: [] });

const risky = impact(
  { "dev-orders": { resource: database() }, "production-orders": { resource: database() } },
  {
    "dev-orders": { resource: { ...database({ db_name: "other" }), aws_kms_key: { k: { policy: "{}" } } } },
    "production-orders": {},
  },
);

test("counts what happens, and says first what is lost where it is protected", () => {
  expect(risky.counts).toMatchObject({ create: 1, update: 0, replace: 1, destroy: 1 });
  expect(risky.losses.map(({ stack, action, loses }) => `${stack} ${action}: ${loses}`)).toEqual([
    "production-orders destroy: data",
    "dev-orders replace: data",
  ]);
});

test("what one stack publishes and another will find changed reaches those that consume it", () => {
  const network = (cidr: string): MadeStack => ({
    kind: "network",
    resource: {
      aws_vpc: { main: { cidr_block: cidr } },
      aws_ssm_parameter: {
        "network_contract-network-v1": {
          insecure_value: '${jsonencode({"vpcId" = aws_vpc.main.id, "cidr" = "10.0.0.0/8"})}',
        },
      },
    },
  });
  const fact = (name: string) => `\${jsondecode(data.aws_ssm_parameter.contract-network-v1.insecure_value).${name}}`;
  const consumer = (name: string): MadeStack => ({
    dependsOn: ["dev-network"],
    resource: { aws_security_group: { fw: { name: "fw", vpc_id: fact(name) } } },
  });
  const fleet = (cidr: string) => ({
    "dev-network": network(cidr),
    "dev-orders": consumer("vpcId"),
    "dev-payments": consumer("cidr"),
  });
  const { stacks } = impact(fleet("10.0.0.0/16"), fleet("10.1.0.0/16"));
  expect(
    stacks.map(({ name, effects }) => [name, effects.map(({ address, action }) => `${action} ${address}`)]),
  ).toEqual([
    ["dev-network", ["update aws_ssm_parameter.network_contract-network-v1", "replace aws_vpc.main"]],
    ["dev-orders", ["replace aws_security_group.fw"]],
  ]);
});

test("nothing changes, and that is said", () => {
  const same = impact({ "dev-orders": { resource: database() } }, { "dev-orders": { resource: database() } });
  expect(same.stacks).toEqual([]);
  expect(impactMarkdown(same)).toContain("Nothing: what is synthesized is the same.");
  expect(impactHtml(same, { base: "a", head: "b" })).toContain("Nothing: what is synthesized is the same.");
});

describe("cost", () => {
  test.each([
    [
      "a database",
      "aws_db_instance.d",
      { instance_class: "db.t4g.small", allocated_storage: 20 },
      730 * 0.032 + 20 * 0.115,
    ],
    [
      "one in two zones",
      "aws_db_instance.d",
      { instance_class: "db.t4g.small", allocated_storage: 20, multi_az: true },
      2 * (730 * 0.032 + 20 * 0.115),
    ],
    [
      "nodes",
      "aws_eks_node_group.n",
      { instance_types: ["m7g.large"], scaling_config: { min_size: 3 } },
      3 * 730 * 0.0816,
    ],
    [
      "a cache of two nodes",
      "aws_elasticache_replication_group.c",
      { node_type: "cache.t4g.micro", num_cache_clusters: 2 },
      2 * 730 * 0.0128,
    ],
    [
      "endpoints in three zones",
      "aws_vpc_endpoint.e",
      { vpc_endpoint_type: "Interface", subnet_ids: ["a", "b", "c"] },
      3 * 730 * 0.01,
    ],
    ["a key", "aws_kms_key.k", {}, 1],
  ])("of %s", (_what, address, attributes, dollars) => {
    expect(monthlyPrice(address, attributes)).toBeCloseTo(dollars, 6);
  });

  test.each([
    ["a gateway endpoint costs nothing", "aws_vpc_endpoint.e", { vpc_endpoint_type: "Gateway" }],
    ["a class that has no price is not guessed", "aws_db_instance.d", { instance_class: "db.x9.huge" }],
    ["what is billed by use", "aws_s3_bucket.b", {}],
  ])("is unknown: %s", (_what, address, attributes) => {
    expect(monthlyPrice(address, attributes)).toBeUndefined();
  });

  test("of a change is the difference", () => {
    const larger = impact(
      { "dev-orders": { resource: database() } },
      { "dev-orders": { resource: database({ multi_az: true }) } },
    );
    expect(larger.monthly).toBeCloseTo(730 * 0.032 + 20 * 0.115, 6);
  });
});

describe("secrets", () => {
  const token = `ghp_${"a".repeat(36)}`;

  test.each([
    ["a credential by its form", "environment.TOKEN_URL", token],
    ["what an attribute of a telling name holds", "password", "hunter2"],
    ["the same in a list", "users[0].auth_token", "x"],
  ])("are masked: %s", (_what, path, value) => {
    expect(masked(path, value)).toBe("(masked)");
  });

  test.each([
    ["a reference", "secret", "${aws_secretsmanager_secret.s.arn}"],
    ["an ARN", "secret", "arn:aws:secretsmanager:eu-west-1:1:secret:a"],
    ["a name", "secret_name", "paved/dev/orders/stripe"],
  ])("are not: %s", (_what, path, value) => {
    expect(masked(path, value)).toBe(value);
  });

  test("are in none of the reports", () => {
    const leaking = impact(
      { "dev-orders": { resource: { aws_lambda_function: { f: { password: "hunter2", note: "x" } } } } },
      { "dev-orders": { resource: { aws_lambda_function: { f: { password: "hunter3", note: token } } } } },
    );
    for (const text of [
      JSON.stringify(leaking),
      impactMarkdown(leaking),
      impactHtml(leaking, { base: "a", head: "b" }),
    ]) {
      expect(text).not.toMatch(/hunter|ghp_/);
      expect(text).toContain("(masked)");
    }
  });
});

describe("Markdown", () => {
  test("snapshot: a risky change", () => {
    expect(impactMarkdown(risky)).toMatchSnapshot();
  });

  test("of 500 stacks fits into a comment, with what is lost on top, and says what is left out", () => {
    const stacks = (name: string) =>
      Object.fromEntries(
        Array.from({ length: 500 }, (_each, index) => [`dev-s${index}`, { resource: database({ db_name: name }) }]),
      );
    const text = impactMarkdown(impact(stacks("a"), stacks("b")));
    expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(text.indexOf("500 that hold something would be lost")).toBeLessThan(200);
    expect(text).toMatch(/\d+ more sections do not fit here/);
  });

  test("says once what is the same in several stacks, and of many how many more", () => {
    const stacks = (count: number, name: string) =>
      Object.fromEntries(
        Array.from({ length: count }, (_each, index) => [`dev-s${index}`, { resource: database({ db_name: name }) }]),
      );
    const text = (count: number) => impactMarkdown(impact(stacks(count, "a"), stacks(count, "b")));
    expect(text(2).match(/^> - .*/gm)).toEqual([expect.stringMatching(/^> - \*\*dev-s0, dev-s1\*\* `aws_db_instance/)]);
    expect(text(15)).toMatch(/^> - \*\*dev-s0, [^*]*, dev-s\d+ and 3 more\*\* /m);
  });

  test("no name that somebody else's synth wrote breaks out of it", () => {
    const name = "dev-</summary>\n::error::<img>**";
    const text = impactMarkdown(impact({ [name]: { resource: database() } }, { [name]: {} }));
    expect(text).not.toMatch(/<img|<\/summary>[^\n]|^::/m);
  });

  test("no value breaks out of it", () => {
    const hostile = "`</details>|\n# @everybody <script>";
    const text = impactMarkdown(
      impact(
        { "dev-orders": { resource: { aws_ssm_parameter: { p: { value: "a" } } } } },
        { "dev-orders": { resource: { aws_ssm_parameter: { p: { value: hostile } } } } },
      ),
    );
    expect(text.match(/<\/details>/g)).toHaveLength(2);
    expect(text).toContain("`` value: a → `</details>|\\n# @everybody <script> ``");
    expect(text.split("\n").filter((line) => line.startsWith("# "))).toEqual([]);
  });
});

test("a value is in one line, and signs that steer a log or a terminal are written out", () => {
  const hostile = "a\n::add-mask::x\r\u001b[2J\u202e\u2028";
  expect(differenceInWords({ path: "note", before: hostile })).toBe(
    "note: a\\n::add-mask::x\\r\\u{1b}[2J\\u{202e}\\u{2028} → nothing",
  );
});

describe("the page", () => {
  const page = impactHtml(risky, { base: "main", head: "<b>" });

  test("needs nothing else, and no value breaks out of it", () => {
    expect(page).not.toMatch(/(src|href)=|url\(|@import|<link/);
    expect(page).toContain("&lt;b&gt;");
    expect(page).not.toContain("<b>");
  });

  test("shows what is lost before the stacks, which are open where something is", () => {
    expect(page.indexOf("would be lost")).toBeLessThan(page.indexOf('class="stack"'));
    expect(page.match(/<details class="stack"[^>]* open>/g)).toHaveLength(2);
  });
});
