/** A resource or data source as it was written, without cdktf's own notes. */
export type Attributes = Readonly<Record<string, unknown>>;

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

function withoutNotes(attributes: Record<string, unknown>): Attributes {
  const { "//": _notes, ...rest } = attributes;
  return rest;
}

/** JSON written inside a string (policies, contracts) is shown as what it says, so that a review can read it. */
function readable(value: unknown): unknown {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return { json: readable(JSON.parse(value)) };
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(readable);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
  }
  return value;
}

/** One synthesized stack, parsed. */
export class SynthesizedStack {
  /** The whole of `cdk.tf.json`. */
  readonly json: Readonly<Record<string, unknown>>;

  constructor(readonly text: string) {
    this.json = JSON.parse(text) as Record<string, unknown>;
  }

  /** Every resource of a type, by its name in the address. */
  resources(type: string): Readonly<Record<string, Attributes>> {
    const named = ((this.json["resource"] ?? {}) as Blocks)[type] ?? {};
    return Object.fromEntries(Object.entries(named).map(([name, attributes]) => [name, withoutNotes(attributes)]));
  }

  /**
   * The only resource of a type.
   * @throws Error when there is none or more than one
   */
  only(type: string): Attributes {
    const all = Object.values(this.resources(type));
    if (all.length !== 1 || all[0] === undefined) throw new Error(`expected one ${type}, got ${all.length}`);
    return all[0];
  }

  /** A resource or data source by address, for example `aws_vpc.vpc` or `data.aws_ssm_parameter.network`. */
  at(address: string): Attributes {
    const found = this.elements()[address];
    if (found === undefined) throw new Error(`no ${address}; there are ${Object.keys(this.elements()).join(", ")}`);
    return found;
  }

  /** Addresses of all resources and data sources, sorted. */
  addresses(): readonly string[] {
    return Object.keys(this.elements()).toSorted();
  }

  /** What a reviewer reads: each resource and data source by address, embedded JSON opened up. */
  summary(): Readonly<Record<string, unknown>> {
    const elements = Object.entries(this.elements()).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(elements.map(([address, attributes]) => [address, readable(attributes)]));
  }

  private elements(): Record<string, Attributes> {
    const found: Record<string, Attributes> = {};
    for (const [prefix, key] of [
      ["", "resource"],
      ["data.", "data"],
    ] as const) {
      for (const [type, named] of Object.entries((this.json[key] ?? {}) as Blocks)) {
        for (const [name, attributes] of Object.entries(named))
          found[`${prefix}${type}.${name}`] = withoutNotes(attributes);
      }
    }
    return found;
  }
}
