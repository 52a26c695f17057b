import type { Finding } from "@paved/model";
import { at, blocks, isRecord, recordAt } from "./rule/attributes";
import type { Attributes } from "./rule/rule";
import type { StackOutput } from "./stack-output";

/**
 * Blocks that a stack may have. What is not among them runs other code, asks whoever runs it, or hands out values past the
 * contracts.
 */
const ROOT = new Set(["//", "terraform", "provider", "resource", "data", "moved", "removed", "import"]);
const SETTINGS = new Set(["backend", "encryption", "required_providers", "required_version"]);
const PROVIDERS = new Set(["aws", "kubernetes", "helm"]);

/** Arguments of every type: the first two run commands where OpenTofu runs, the others change a resource's address. */
const ARGUMENTS = ["provisioner", "connection", "count", "for_each"] as const;

/** PVD1034 for what may stand in no stack, whoever made it: it would run commands or other code, hide an address, or pass a border. */
export function judgeBlocks({ name, elements, json }: StackOutput): readonly Finding[] {
  const sources = new Map(elements.map(({ address, source }) => [address, source]));
  const finding = (where: string, got: string, source?: string): Finding => ({
    code: "PVD1034",
    where: where === "" ? name : `${name} ${where}`,
    source,
    got,
    want: "resources and data sources of the stack's own providers, each at its address",
    fix: "remove it: no deviation covers it",
  });
  const terraform = recordAt(json, "terraform");
  return [
    ...[...lists(json), ...nestedLists(json)].map((got) => finding("", got)),
    ...foreign(json, ROOT).map((block) => finding("", `a ${block} block`)),
    ...foreign(terraform, SETTINGS).map((setting) => finding("terraform", `the setting ${setting}`)),
    ...foreign(recordAt(terraform, "required_providers"), PROVIDERS).map((provider) =>
      finding("terraform", `the provider ${provider}`),
    ),
    ...Object.entries(recordAt(json, "provider")).flatMap(([provider, configured]) =>
      judgeProvider(provider, configured).map((got) => finding("", got)),
    ),
    ...foreignInRemoved(json).map((argument) => finding("", `${argument} of a removed block`)),
    ...bodies(json).flatMap(({ address, type, body }) =>
      judgeBody(type, body).map((got) => finding(address, got, sources.get(address))),
    ),
  ];
}

/** What a record of something removed may say: OpenTofu takes commands there as well. */
const REMOVED = new Set(["//", "from", "lifecycle"]);

function foreignInRemoved({ removed }: Attributes): readonly string[] {
  return blocks(removed).flatMap((one) => foreign(one, REMOVED));
}

function judgeProvider(provider: string, configured: unknown): readonly string[] {
  const all = blocks(configured);
  if (!PROVIDERS.has(provider)) return [`the provider ${provider}`];
  return all.length > 1 || all.some((one) => "alias" in one)
    ? [`a second configuration of the provider ${provider}`]
    : [];
}

function judgeBody(type: string, body: Attributes): readonly string[] {
  const provider = type.split("_")[0] as string;
  // `terraform_data` is OpenTofu's own, and runs nothing without a provisioner.
  const isKnown = PROVIDERS.has(provider) || provider === "terraform";
  return [
    ...(isKnown ? [] : [`${type}, which the provider ${provider} makes`]),
    ...ARGUMENTS.filter((argument) => argument in body).map((argument) => `${argument} of a ${type}`),
    ...new Set(hiddenBlocks(body).map((block) => `${block} of a ${type}`)),
  ];
}

/** Blocks in a form that no rule looks into: made by an expression, or in lists of lists, which OpenTofu takes for one. */
function hiddenBlocks(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((one) => (isNested(one) ? ["a block in a list of lists"] : hiddenBlocks(one)));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === "dynamic" && typeof inner === "object" ? ["a dynamic block"] : hiddenBlocks(inner),
  );
}

function isNested(value: unknown): boolean {
  return Array.isArray(value) && value.some((one) => isRecord(one) || isNested(one));
}

function foreign(from: Attributes, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(from).filter((name) => !known.has(name));
}

interface Body {
  readonly address: string;
  readonly type: string;
  readonly body: Attributes;
}

/** What each resource and data source says. */
function bodies(json: Attributes): readonly Body[] {
  return (["resource", "data"] as const).flatMap((kind) =>
    Object.entries(recordAt(json, kind)).flatMap(([type, named]) =>
      Object.entries(isRecord(named) ? named : {}).map(([id, body]) => {
        const address = kind === "data" ? `data.${type}.${id}` : `${type}.${id}`;
        return { address, type, body: isRecord(body) ? body : {} };
      }),
    ),
  );
}

/** What is no object where OpenTofu also takes a list of them: no rule looks into such a list. */
function lists(json: Attributes): readonly string[] {
  const within = (["resource", "data"] as const).flatMap((kind) =>
    Object.entries(recordAt(json, kind)).flatMap(([type, named]) => [
      [`${kind} ${type}`, named] as const,
      ...Object.entries(isRecord(named) ? named : {}).map(([id, body]) => [`${kind} ${type}.${id}`, body] as const),
    ]),
  );
  const sections = ["terraform", "provider", "resource", "data"].map((name) => [name, json[name]] as const);
  const asked = ["terraform.required_providers", at(json, "terraform.required_providers")] as const;
  return [...[...sections, asked].filter(([, value]) => value !== undefined), ...within]
    .filter(([, value]) => !isRecord(value))
    .map(([what]) => `${what}, which is no object`);
}

/** Blocks in lists of lists, which OpenTofu puts together to one: nobody would look into them. */
function nestedLists(json: Attributes): readonly string[] {
  const providers = Object.entries(recordAt(json, "provider")).map(([name, all]) => [`provider ${name}`, all] as const);
  const records = ["moved", "removed", "import"].map((name) => [name, json[name] ?? []] as const);
  return [...providers, ...records]
    .filter(([, all]) => ![all].flat().every(isRecord))
    .map(([what]) => `${what}, of which a block is no object`);
}
