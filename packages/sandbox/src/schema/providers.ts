import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** The providers that the sandbox serves. */
export type ProviderName = "aws" | "kubernetes" | "helm";

/** Names of the providers that the sandbox serves. */
export const PROVIDER_NAMES: readonly ProviderName[] = ["aws", "kubernetes", "helm"];

/** A resource can be managed, a data source only read. */
export type SchemaKind = "resource" | "data";

/** Where a pinned binding package is, and which provider version it was generated from. */
export interface BindingPackage {
  readonly name: string;
  readonly version: string;
  readonly lib: string;
}

const packages = new Map<ProviderName, BindingPackage>();

/** The pinned binding package of a provider, resolved from the workspace. */
export function bindingPackage(provider: ProviderName): BindingPackage {
  const known = packages.get(provider);
  if (known !== undefined) return known;
  const name = `@cdktf/provider-${provider}`;
  const manifest = createRequire(__filename).resolve(`${name}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const found = { name, version, lib: path.join(path.dirname(manifest), "lib") };
  packages.set(provider, found);
  return found;
}

/** The provider that owns a type name, by its prefix. */
export function providerOf(type: string): ProviderName | undefined {
  return PROVIDER_NAMES.find((provider) => type.startsWith(`${provider}_`));
}

/** The address under which OpenTofu knows a provider. */
export function providerAddress(provider: ProviderName): string {
  return `registry.opentofu.org/hashicorp/${provider}`;
}

/** The folder of a type inside its binding package, for example `eks-cluster` or `data-aws-eks-cluster`. */
export function bindingFolder(type: string, kind: SchemaKind): string {
  const dashed = type.replaceAll("_", "-");
  return kind === "data" ? `data-${dashed}` : dashed.slice(dashed.indexOf("-") + 1);
}

/** Every type of one kind that a provider's pinned package has. */
export function typesOf(provider: ProviderName, kind: SchemaKind): string[] {
  const prefix = `data-${provider}-`;
  const folders = readdirSync(bindingPackage(provider).lib, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "provider")
    .map((entry) => entry.name);
  const ofKind = folders.filter((folder) => folder.startsWith(prefix) === (kind === "data"));
  return ofKind.map(
    (folder) => `${provider}_${folder.slice(kind === "data" ? prefix.length : 0).replaceAll("-", "_")}`,
  );
}
