import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { acceptForeign, validateForeign, Workspace } from "../src";
import type { Fleet } from "../src/workspace/fleet";
import { fleetOf } from "./synthesized-fleet";

type Root = Readonly<Record<string, unknown>>;

const providers = {
  aws: { source: "registry.opentofu.org/hashicorp/aws", version: "6.25.0" },
  helm: { source: "registry.opentofu.org/hashicorp/helm", version: "3.1.0" },
};
const configured = (stack: string) => ({
  aws: [{ region: "eu-west-1", allowed_account_ids: ["111111111111"], default_tags: [{ tags: { stack } }] }],
  helm: [{ kubernetes: { host: "${data.aws_eks_cluster.main.endpoint}", exec: { command: "aws" } } }],
});
const release = { name: "keda", repository: "oci://charts.example.com", chart: "keda", version: "1.0.0" };
/** Encryption as every stack has it, by the key that is the stack's alone. */
function encryption(environment: string, stack: string): object {
  const target = { method: "method.aes_gcm.state", enforced: true };
  const key = { kms_key_id: `alias/paved/${environment}/state/${stack}`, key_spec: "AES_256", region: "eu-west-1" };
  return {
    key_provider: { aws_kms: { state: key } },
    method: { aes_gcm: { state: { keys: "key_provider.aws_kms.state" } } },
    state: target,
    plan: target,
  };
}

const root = (name: string): Root => ({
  terraform: {
    backend: {
      s3: { bucket: "state", key: `dev/${name}.tfstate`, region: "eu-west-1", encrypt: true, use_lockfile: true },
    },
    encryption: encryption("dev", name),
    required_providers: providers,
  },
  provider: configured(`dev-${name}`),
  data: { aws_eks_cluster: { main: { name: "paved-dev" } } },
  resource: { aws_sqs_queue: { jobs: { name: "jobs" } }, helm_release: { keda: release } },
});
const fleet = (roots: Readonly<Record<string, Root>>) =>
  fleetOf(Object.fromEntries(Object.entries(roots).map(([name, each]) => [`dev-${name}`, { root: each }])));

const trustedFiles = fleet({ orders: root("orders") });
const trusted: Fleet = {
  index: trustedFiles.index,
  stacks: trustedFiles.index.stacks.map((stack) => ({
    ...stack,
    json: trustedFiles.files[`stacks/${stack.name}/cdk.tf.json`]!,
  })),
  delivered: [],
};

const directory = mkdtempSync(path.join(tmpdir(), "paved-foreign-"));
const artefact = path.join(directory, "artefact");
beforeEach(() => rmSync(artefact, { recursive: true, force: true }));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function write(place: string, text: string): void {
  mkdirSync(path.dirname(path.join(artefact, place)), { recursive: true });
  writeFileSync(path.join(artefact, place), text);
}

/** A copy with another value at a path such as `stacks.0.name`. */
function withValue(whole: object, place: string, value: unknown): Root {
  const copy = JSON.parse(JSON.stringify(whole)) as Record<string, unknown>;
  const steps = place.split(".");
  const last = steps.pop()!;
  const parent = steps.reduce((here, step) => (here[step] ??= {}) as Record<string, unknown>, copy);
  parent[last] = value;
  return copy;
}

/** A template that reads a file, without a dot: it is a step of a path. */
const FILE = '${file("/proc/self/environ")}';
const NAME = "resource.aws_sqs_queue.jobs.name";

/** Writes an artefact as a pull request would hand it over, with these values in its index. */
function hand(roots: Readonly<Record<string, Root>>, changes: Readonly<Record<string, unknown>> = {}): void {
  const { index, files } = fleet(roots);
  const changed = Object.entries(changes).reduce<object>((it, [place, value]) => withValue(it, place, value), index);
  write("paved.json", JSON.stringify(changed));
  for (const [place, text] of Object.entries(files)) if (place.startsWith("stacks/")) write(place, text);
}
const validate = () => validateForeign(artefact, trusted);

test("values may be new, and so may a stack with the settings of the others", () => {
  const resources = { aws_sqs_queue: { more: { name: "more", delay_seconds: 5 } } };
  hand({ orders: root("orders"), payments: { ...root("payments"), resource: resources } });
  expect(validate().stacks.map(({ name }) => name)).toEqual(["dev-orders", "dev-payments"]);
});

test.each<readonly [string, string, unknown, RegExp]>([
  ["a type that runs code", "data.external", { x: { program: ["sh"] } }, /PVD1034 .*external/],
  ["an http data source", "data.http", { x: { url: "https://example.com" } }, /PVD7002 .*a data\.http/],
  ["a secret that it reads", "data.aws_secretsmanager_secret_version", { x: {} }, /PVD7002 .*secret_version/],
  ["a type that is new", "resource.aws_lambda_function", { x: {} }, /PVD7002 .*a aws_lambda_function/],
  ["a provisioner", "resource.aws_sqs_queue.jobs.provisioner", [{}], /PVD1034 .*provisioner/],
  ["a provisioner in a list", "resource.aws_sqs_queue.jobs", [{ provisioner: {} }], /PVD7002 .*aws_sqs_queue/],
  ["a module", "module", { x: { source: "example.com/x" } }, /PVD1034 .*module/],
  ["a function that reads files", "resource.aws_sqs_queue.jobs.name", '${file("/etc/passwd")}', /PVD1018/],
  ["another provider", "terraform.required_providers.aws.source", "registry.opentofu.org/evil/aws", /PVD7002 .*evil/],
  ["another version of one", "terraform.required_providers.aws.version", "6.25.1", /PVD7002 .*6\.25\.1/],
  ["another account", "provider.aws.0.allowed_account_ids", ["222222222222"], /PVD7002 .*configuration of aws/],
  ["an endpoint of its own", "provider.aws.0.endpoints", [{ sts: "https://example.com" }], /PVD7002 .*of aws/],
  ["a command of its own", "provider.helm.0.kubernetes.exec.command", "sh", /PVD7002 .*configuration of helm/],
  ["another bucket for its state", "terraform.backend.s3.bucket", "mine", /PVD7002 .*backend/],
  ["another stack's state", "terraform.backend.s3.key", "dev/payments.tfstate", /PVD7002 .*backend/],
  [
    "encryption by a program",
    "terraform.encryption",
    { key_provider: { external: {} } },
    /PVD7002 .*settings of OpenTofu/,
  ],
  [
    "another chart",
    "resource.helm_release.keda.repository",
    "oci://example.com",
    /PVD7002 .*chart keda 1\.0\.0 of oci:\/\/example/,
  ],
  ["another version of a chart", "resource.helm_release.keda.version", "1.0.1", /PVD7002 .*chart keda 1\.0\.1 of oci/],
  ["versions of a chart", "resource.helm_release.keda.version", ">=1.0.0", /PVD7002 .*chart keda >=1\.0\.0 of oci/],
  ["no version of a chart", "resource.helm_release.keda.version", null, /PVD7002 .*chart keda null of oci/],
  ["a chart in a list", "resource.helm_release.keda.chart", ["keda"], /PVD7002 .*chart \["keda"\] 1\.0\.0 of oci/],
  ["a program after rendering", "resource.helm_release.keda.postrender", { binary_path: "sh" }, /PVD7002 .*postrender/],
  ["a function in the name of a property", `resource.aws_sqs_queue.jobs.tags.${FILE}`, "x", /PVD1018 .*file\(\)/],
  ["a function in a name, deep", `resource.aws_sqs_queue.jobs.a.0.b.c.${FILE}`, "x", /PVD1018 .*file\(\)/],
  ["a function in the name of a default tag", `provider.aws.0.default_tags.0.tags.${FILE}`, "x", /PVD1018 .*file\(\)/],
  ["a function below //", "resource.aws_sqs_queue.jobs.tags.//", FILE, /PVD1018 .*file\(\)/],
  ["a function below // of a provider", "provider.helm.0.kubernetes.//", FILE, /PVD1018 .*file\(\)/],
  ["a note in a provider", "provider.helm.0.kubernetes.//", "x", /PVD7002 .*configuration of helm/],
  ["a blank before a bracket", NAME, '${file ("/x")}', /PVD1018 .*file\(\)/],
  ["a blank, in a call", NAME, '${base64encode(file ("/x"))}', /PVD1018 .*file\(\)/],
  ["an end of line before a bracket", NAME, '${file\n("/x")}', /PVD1042 .*an end of line in an expression/],
  ["a comment before a bracket", NAME, '${ file /*c*/ ("/x")}', /PVD1042 .*a comment or a division in an expression/],
  ["a bracket in a comment", NAME, '${ 1 /* } */ == 1 ? file("/x") : "" }', /PVD1042 .*a comment or a division/],
  ["a bracket in a comment of a line", NAME, '${ 1 # }\n == 1 ? file("/x") : "" }', /PVD1042 .*a comment in an/],
  ["a heredoc", NAME, '${<<E\n${file("/x")}\nE\n}', /PVD1042 .*a heredoc/],
  ["a directive", NAME, '%{if file("/x") == ""}x%{endif}', /PVD1042 .*a directive/],
  ["what looks escaped", NAME, '%%${file("/x")}', /PVD1018 .*file\(\)/],
  ["a function of a provider", NAME, '${provider::aws::arn_parse("x")}', /PVD1018 .*provider::aws::arn_parse/],
  ["a function by its full name", NAME, '${core :: file("/x")}', /PVD1042 .*a name of several parts/],
  ["a template in a text in a template", NAME, '${join("", ["${"${file("/x")}"}"])}', /PVD1018 .*file\(\)/],
  ["a letter of another alphabet", NAME, "${\u0444ile(1)}", /PVD1042 .*a character that no expression needs/],
  ["where it runs", NAME, "${path.cwd}", /PVD1016 .*path\.cwd/],
  ["a function in an import", "import", [{ to: 'aws_sqs_queue.jobs[file("/x")]', id: "x" }], /PVD1018 .*file\(\)/],
  ["a provisioner in lists", "removed", [[{ from: "a.b" }, { provisioner: {} }]], /PVD1034 .*removed/],
  ["resources in a list", "resource", [{ aws_sqs_queue: {} }], /PVD7002 .*resource otherwise/],
])("fails with PVD7002 or what synth refuses: %s", (_, place, value, message) => {
  hand({ orders: withValue(root("orders"), place, value) });
  expect(validate).toThrow(message);
});

test("fails with PVD7002 for another environment, or a stack named as if of one", () => {
  hand({ orders: root("orders") }, { "stacks.0.environment": "prod" });
  expect(validate).toThrow(/PVD7002 dev-orders: got prod/);
  hand(
    { orders: root("orders") },
    { "stacks.0.environment": "d", "stacks.0.name": "d-orders", "stacks.0.directory": "stacks/d-orders" },
  );
  expect(validate).toThrow(/PVD7002|PVD2009/);
});

test.each([
  ["a path out of the directory", "../../etc", /PVD7002 dev-orders: got \.\.\/\.\.\/etc/],
  ["another stack's directory", "stacks/dev-payments", /PVD7002 dev-orders/],
])("fails with PVD7002 for an index that names %s", (_, place, message) => {
  hand({ orders: root("orders") }, { "stacks.0.directory": place });
  expect(validate).toThrow(message);
});

test("fails with PVD7002 for a name that a terminal or a command would take for more", () => {
  hand({ orders: root("orders") }, { "stacks.0.owner": "::add-mask::x" });
  expect(validate).toThrow(/PVD7002 paved\.json stacks 0 owner: got "::add-mask::x"/);
});

test.each([
  ["an end of line", "a\n::error::x", "a\\n::error::x"],
  ["a return", "a\r::error::x", "a\\r::error::x"],
  ["a command to the terminal", "\u001b[2J", "\\u001b[2J"],
  ["a control character of eight bits", "\u009b2J", "\\u009b2J"],
  ["a command to a runner", "see ##[add-path]/tmp", "see ##\\u005badd-path]/tmp"],
  ["characters that nobody sees", "a\u202eb", "a\\u202eb"],
])("fails with PVD7002 for %s in any text of the index, and shows it as text", (_, text, shown) => {
  const places = ["stacks.0.notes", "stacks.0.elements", "services", "goldenPaths"];
  for (const place of places) {
    for (const value of [[text], { [text]: "x" }, { x: [{ y: text }] }]) {
      hand({ orders: root("orders") }, { [place]: value });
      let message = "";
      try {
        validate();
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toMatch(/^PVD7002 paved\.json/);
      expect(message).toContain(`got "${shown}", want one line of characters that are seen`);
      expect(message).not.toContain(text);
    }
  }
});

test.each([
  ["a file that OpenTofu reads too", "stacks/dev-orders/more.tf.json"],
  ["a lock file", "stacks/dev-orders/.terraform.lock.hcl"],
  ["a file beside", "run.json"],
])("fails with PVD7002 for %s", (_, place) => {
  hand({ orders: root("orders") });
  write(place, "{}");
  expect(validate).toThrow(/PVD7002 artefact\/.*: got another file/);
});

test("fails with PVD7002 for a stack that the index does not have", () => {
  hand({ orders: root("orders") });
  write("stacks/dev-stray/cdk.tf.json", "{}");
  expect(validate).toThrow(/PVD7002 stacks\/dev-stray/);
});

test("fails with PVD7002 for links, and follows none", () => {
  hand({ orders: root("orders") });
  rmSync(path.join(artefact, "paved.json"));
  symlinkSync("/etc/passwd", path.join(artefact, "paved.json"));
  expect(validate).toThrow(/PVD7002 artefact\/paved\.json: got a link/);
});

test("fails with PVD7002 for a file that is too large, without reading it", () => {
  hand({ orders: root("orders") });
  write("paved.json", " ".repeat(8 * 1024 * 1024 + 1));
  expect(validate).toThrow(/PVD7002 artefact\/paved\.json: got 8388609 bytes/);
});

test("fails with PVD2009 for what is damaged", () => {
  hand({ orders: root("orders") });
  write("stacks/dev-orders/cdk.tf.json", "{");
  expect(validate).toThrow(/PVD2009 stacks\/dev-orders/);
});

test("what is used is written anew: of a key that stands twice OpenTofu would take both", () => {
  hand({ orders: root("orders") });
  const text = readFileSync(path.join(artefact, "stacks/dev-orders/cdk.tf.json"), "utf8");
  write("stacks/dev-orders/cdk.tf.json", text.replace("{", '{"resource":{"evil_type":{"x":{}}},'));
  const workspace = new Workspace(path.join(directory, "workspace"));
  acceptForeign(workspace, validate());
  const written = path.join(workspace.output, "stacks/dev-orders/cdk.tf.json");
  expect(readFileSync(written, "utf8")).not.toContain("evil_type");
  expect(readdirSync(workspace.root)).toEqual(["cdktf.out"]);
});
