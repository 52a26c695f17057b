import { existsSync } from "node:fs";
import path from "node:path";
import { nearest, PavedError } from "@paved/model";
import { bindingSource } from "./binding-source";
import { extractSchema } from "./extract";
import type { BlockSchema } from "./model";
import {
  bindingFolder,
  bindingPackage,
  PROVIDER_NAMES,
  type ProviderName,
  providerOf,
  type SchemaKind,
  typesOf,
} from "./providers";

/** Of the three providers only helm is built on protocol 6. */
const NESTS_ATTRIBUTES: Record<ProviderName, boolean> = { aws: false, kubernetes: false, helm: true };

const known = new Map<string, BlockSchema>();

/**
 * The schema of a resource or data source type in the pinned provider, for example `resourceSchema("aws_vpc")`.
 *
 * @throws PavedError PVD3002 when the pinned provider has no such type
 */
export function resourceSchema(type: string, kind: SchemaKind = "resource"): BlockSchema {
  const key = `${kind} ${type}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const provider = assertKnownType(type, kind);
  const schema = extract(provider, bindingFolder(type, kind), type);
  known.set(key, schema);
  return schema;
}

/** The schema of a provider's own configuration. */
export function providerSchema(provider: ProviderName): BlockSchema {
  const cached = known.get(provider);
  if (cached !== undefined) return cached;
  const schema = extract(provider, "provider", provider);
  known.set(provider, schema);
  return schema;
}

/**
 * The provider that has the type.
 *
 * @throws PavedError PVD3002 when none has
 */
export function assertKnownType(type: string, kind: SchemaKind): ProviderName {
  const provider = providerOf(type);
  if (provider !== undefined && /^\w+$/.test(type) && existsSync(bindingPath(provider, bindingFolder(type, kind)))) {
    return provider;
  }
  const candidates = (provider === undefined ? PROVIDER_NAMES : [provider]).flatMap((name) => typesOf(name, kind));
  const near = nearest(type, candidates);
  throw new PavedError({
    code: "PVD3002",
    where: kind === "data" ? `data.${type}` : type,
    got: `the ${kind === "data" ? "data source" : "resource"} type ${type}`,
    want: "a type of the pinned aws, kubernetes or helm provider",
    fix: near === undefined ? "use a type that one of these providers documents" : `did you mean ${near}?`,
  });
}

function extract(provider: ProviderName, folder: string, type: string): BlockSchema {
  const source = bindingSource(bindingPath(provider, folder));
  return extractSchema(source, { type, nestsAttributes: NESTS_ATTRIBUTES[provider] });
}

function bindingPath(provider: ProviderName, folder: string): string {
  return path.join(bindingPackage(provider).lib, folder);
}
