import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { assertKnownType, providerSchema, resourceSchema } from "./catalogue";
import { EXTRACTOR_VERSION } from "./extract";
import type { BlockSchema } from "./model";
import { bindingPackage, type ProviderName, type SchemaKind } from "./providers";

/** Extracted schemas on disk, so that only the first run of a type reads its binding. */
export class SchemaCache {
  private readonly known = new Map<string, BlockSchema>();

  constructor(private readonly directory: string) {}

  /** The schema of a type. @throws PavedError PVD3002 when the pinned provider has no such type */
  type(type: string, kind: SchemaKind): BlockSchema {
    const provider = /^(aws|kubernetes|helm)_/.exec(type)?.[1] as ProviderName | undefined;
    if (provider === undefined) assertKnownType(type, kind);
    return this.through(provider!, `${kind}-${type}`, () => resourceSchema(type, kind));
  }

  /** The schema of a provider's own configuration. */
  provider(provider: ProviderName): BlockSchema {
    return this.through(provider, "provider", () => providerSchema(provider));
  }

  private through(provider: ProviderName, name: string, extract: () => BlockSchema): BlockSchema {
    const { version } = bindingPackage(provider);
    const file = path.join(this.directory, `schemas-${EXTRACTOR_VERSION}`, `${provider}-${version}`, `${name}.schema`);
    const known = this.known.get(file) ?? readSchema(file);
    if (known !== undefined) {
      this.known.set(file, known);
      return known;
    }
    const schema = extract();
    this.known.set(file, schema);
    writeSchema(file, schema);
    return schema;
  }
}

/** What is cached, unless it is not what was written: its hash stands on the first line. */
function readSchema(file: string): BlockSchema | undefined {
  try {
    const [hash, json] = readFileSync(file, "utf8").split("\n", 2) as [string, string?];
    return json !== undefined && hash === hashOf(json) ? (JSON.parse(json) as BlockSchema) : undefined;
  } catch {
    return undefined;
  }
}

function writeSchema(file: string, schema: BlockSchema): void {
  const next = `${file}.${process.pid}.next`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const json = JSON.stringify(schema);
    writeFileSync(next, `${hashOf(json)}\n${json}`);
    renameSync(next, file);
  } catch {
    // A cache that cannot be written only costs time.
  }
}

function hashOf(json: string): string {
  return createHash("sha256").update(json).digest("hex");
}
