import type { Finding } from "@paved/model";
import type { StackOutput } from "./stack-output";

type Blocks = Readonly<Record<string, unknown>>;

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
  const terraform = section(json, "terraform");
  return [
    ...foreign(json, ROOT).map((block) => finding("", `a ${block} block`)),
    ...foreign(terraform, SETTINGS).map((setting) => finding("terraform", `the setting ${setting}`)),
    ...foreign(section(terraform, "required_providers"), PROVIDERS).map((provider) =>
      finding("terraform", `the provider ${provider}`),
    ),
    ...Object.entries(section(json, "provider")).flatMap(([provider, configured]) =>
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

function foreignInRemoved({ removed = [] }: Blocks): readonly string[] {
  const all = Array.isArray(removed) ? (removed as readonly unknown[]) : [removed];
  return all.flatMap((one) => (typeof one === "object" && one !== null ? foreign(one as Blocks, REMOVED) : []));
}

function judgeProvider(provider: string, configured: unknown): readonly string[] {
  const all = Array.isArray(configured) ? (configured as readonly Blocks[]) : [configured as Blocks];
  if (!PROVIDERS.has(provider)) return [`the provider ${provider}`];
  return all.length > 1 || all.some((one) => "alias" in one)
    ? [`a second configuration of the provider ${provider}`]
    : [];
}

function judgeBody(type: string, body: Blocks): readonly string[] {
  const provider = type.split("_")[0] as string;
  // `terraform_data` is OpenTofu's own, and runs nothing without a provisioner.
  const isKnown = PROVIDERS.has(provider) || provider === "terraform";
  return [
    ...(isKnown ? [] : [`${type}, which the provider ${provider} makes`]),
    ...ARGUMENTS.filter((argument) => argument in body).map((argument) => `${argument} of a ${type}`),
  ];
}

function section(json: Blocks, name: string): Blocks {
  return (json[name] ?? {}) as Blocks;
}

function foreign(blocks: Blocks, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(blocks).filter((block) => !known.has(block));
}

function bodies(json: Blocks): readonly { readonly address: string; readonly type: string; readonly body: Blocks }[] {
  return (["resource", "data"] as const).flatMap((kind) =>
    Object.entries(section(json, kind)).flatMap(([type, named]) =>
      Object.entries(named as Readonly<Record<string, Blocks>>).map(([id, body]) => {
        const address = `${type}.${id}`;
        return { address: kind === "data" ? `data.${address}` : address, type, body };
      }),
    ),
  );
}
