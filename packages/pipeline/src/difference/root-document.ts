/** Attributes of one resource, as they are written. */
export type Attributes = Readonly<Record<string, unknown>>;

type Named = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** A stack's OpenTofu root, taken apart: what has an address, and what has none. */
export interface RootDocument {
  /** Resources by address. */
  readonly resources: ReadonlyMap<string, Attributes>;
  /** Data sources by address, `data.` in front. */
  readonly dataSources: ReadonlyMap<string, Attributes>;
  /** Everything else: `terraform`, `provider.aws`, `output.…`; not `moved` and `removed`, which are about addresses. */
  readonly settings: ReadonlyMap<string, unknown>;
}

/** Type of the resource at an address: `aws_vpc`. */
export function typeOf(address: string): string {
  return address.split(".")[0] ?? "";
}

const ABOUT_ADDRESSES = new Set(["moved", "removed", "//"]);

/** Takes a root apart. What cdktf notes beside the configuration (`//`) is no part of it. */
export function readRoot(json: string): RootDocument {
  const root = JSON.parse(json) as Readonly<Record<string, unknown>>;
  const settings = Object.entries(root).flatMap(([block, content]): (readonly [string, unknown])[] => {
    if (block === "resource" || block === "data" || ABOUT_ADDRESSES.has(block)) return [];
    if (block !== "provider" && block !== "output" && block !== "locals") return [[block, withoutNotes(content)]];
    return Object.entries(content as Attributes).map(([name, value]) => [`${block}.${name}`, withoutNotes(value)]);
  });
  return {
    resources: byAddress(root["resource"] as Named | undefined, ""),
    dataSources: byAddress(root["data"] as Named | undefined, "data."),
    settings: new Map(settings),
  };
}

function byAddress(types: Named | undefined, prefix: string): ReadonlyMap<string, Attributes> {
  const found = Object.entries(types ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(
      ([name, attributes]) => [`${prefix}${type}.${name}`, withoutNotes(attributes) as Attributes] as const,
    ),
  );
  return new Map(found);
}

function withoutNotes(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "//"));
}
