import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Facts } from "../src/behaviours/facts";
import { behaviourOf } from "../src/behaviours/registry";
import { readDataSource } from "../src/behaviours/data/registry";
import type { PlannedChange } from "../src/plan/plan-change";
import { Refusal } from "../src/protocol/diagnostics";
import { resourceSchema } from "../src/schema/catalogue";
import { type BlockSchema, blockType } from "../src/schema/model";
import { providerOf } from "../src/schema/providers";
import { ProviderPlace } from "../src/serve/place";
import { Resource } from "../src/serve/resource";
import { ObjectStore } from "../src/store/object-store";
import { conformValue } from "../src/values/codec";
import { isObject, type Value, type ValueObject } from "../src/values/value";

/** Whose provider configuration is used: the defaults are account 111122223333 in eu-west-1, and one cluster. */
export interface As {
  readonly stack?: string;
  readonly region?: string;
  readonly account?: string;
  readonly host?: string;
  readonly tags?: Record<string, string>;
}

/** What a refusal said, for comparing. */
export interface Refused {
  readonly summary: string;
  readonly detail: string;
  readonly path: readonly (string | number)[];
}

/** The providers without an engine: plans and applies single objects as OpenTofu would ask for them. */
export class Cloud {
  private readonly directory = mkdtempSync(path.join(os.tmpdir(), "paved-cloud-"));
  readonly store = new ObjectStore(this.directory);

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  create(type: string, config: object, as: As = {}): Facts {
    return this.write(type, null, config, as);
  }

  update(type: string, prior: Facts, config: object, as: As = {}): Facts {
    return this.write(type, prior.values, config, as);
  }

  destroy(type: string, prior: Facts, as: As = {}): void {
    this.resource(type, as).apply(prior.values, null);
  }

  read(type: string, state: Facts, as: As = {}): Value {
    return this.resource(type, as).read(state.values);
  }

  import(type: string, id: string, as: As = {}): Facts {
    return new Facts(this.resource(type, as).import(id) as ValueObject);
  }

  plan(type: string, prior: Facts | null, config: object, as: As = {}): PlannedChange {
    const block = resourceSchema(type);
    const full = complete(block, config);
    const proposed = propose(block, prior?.values, full);
    return this.resource(type, as).plan({ prior: prior?.values ?? null, proposed, config: full });
  }

  data(type: string, config: object, as: As = {}): Facts {
    const block = resourceSchema(type, "data");
    const { store } = this;
    return new Facts(
      readDataSource({ type, block, config: complete(block, config), place: placeOf(type, as), store }) as ValueObject,
    );
  }

  /** What `work` is refused with. @throws when it is not */
  refused(work: () => unknown): Refused {
    try {
      work();
    } catch (error) {
      if (error instanceof Refusal) return { summary: error.summary, detail: error.detail, path: error.path };
      throw error;
    }
    throw new Error("was not refused");
  }

  private write(type: string, prior: ValueObject | null, config: object, as: As): Facts {
    const { planned, replace } = this.plan(type, prior === null ? null : new Facts(prior), config, as);
    if (replace.length > 0) throw new Error(`needs replacement: ${JSON.stringify(replace)}`);
    const resource = this.resource(type, as);
    resource.validate(complete(resourceSchema(type), config));
    return new Facts(resource.apply(prior, planned) as ValueObject);
  }

  private resource(type: string, as: As): Resource {
    return new Resource(type, resourceSchema(type), behaviourOf(type), this.store, placeOf(type, as));
  }
}

function placeOf(type: string, as: As): ProviderPlace {
  const {
    stack = "test",
    region = "eu-west-1",
    account = "111122223333",
    host = "https://cluster.example",
    tags = {},
  } = as;
  const provider = providerOf(type)!;
  const aws = { region, allowed_account_ids: [account], default_tags: [{ tags }] };
  return new ProviderPlace(
    provider,
    stack,
    provider === "aws" ? aws : provider === "helm" ? { kubernetes: { host } } : { host },
  );
}

/** A configuration as OpenTofu sends it: what is left out is null, and blocks that are left out are empty lists. */
export function complete(block: BlockSchema, config: object): ValueObject {
  const value = conformValue(blockType(block), config) as ValueObject;
  for (const { name, nesting, block: inner } of block.blocks) {
    const given = (config as Record<string, unknown>)[name];
    if (nesting !== "single")
      value[name] = Array.isArray(given) ? given.map((item) => complete(inner, item as object)) : [];
  }
  return value;
}

/** The new state that OpenTofu proposes: the configuration, with prior values of what is computed and not configured. */
export function propose(block: BlockSchema, prior: ValueObject | undefined, config: ValueObject): ValueObject {
  const proposed: ValueObject = { ...config };
  for (const { name, computed } of block.attributes)
    if (computed && config[name] === null) proposed[name] = prior?.[name] ?? null;
  for (const { name, block: inner } of block.blocks) {
    const [items, before] = [config[name], prior?.[name]];
    if (!Array.isArray(items)) continue;
    proposed[name] = items.map((item, index) => {
      const old = Array.isArray(before) ? before[index] : undefined;
      return isObject(item) ? propose(inner, isObject(old) ? old : undefined, item) : item;
    });
  }
  return proposed;
}
