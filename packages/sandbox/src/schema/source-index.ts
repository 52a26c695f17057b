/** What one generated class says about an attribute, in its comment and accessor. */
export interface ClassAttribute {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  readonly accessor: string;
}

/** How one attribute is written to configuration: the mapper around its value, and its collection kind. */
export interface MappedAttribute {
  readonly mapper: string;
  readonly kind: string;
}

/** What one interface says about a property. */
export interface PropertyFact {
  readonly optional: boolean;
  /** The documentation calls it a block. */
  readonly isBlock: boolean;
}

/** A generated class: what it extends, and its text. */
export interface GeneratedClass {
  readonly name: string;
  readonly base: string;
  readonly body: string;
}

/** The facts that a generated binding states, found by name instead of by parsing TypeScript. */
export class SourceIndex {
  readonly classes = new Map<string, GeneratedClass>();

  constructor(private readonly source: string) {
    const heads = [...source.matchAll(/^export class (\w+) extends cdktf\.(\w+)/gm)];
    for (const head of heads) {
      const end = source.indexOf("\n}\n", head.index);
      this.classes.set(head[1]!, {
        name: head[1]!,
        base: head[2]!,
        body: source.slice(head.index, end < 0 ? undefined : end),
      });
    }
  }

  /** The class of the resource, data source or provider itself. */
  main(): GeneratedClass {
    const main = [...this.classes.values()].find(({ base }) => /^Terraform(Resource|DataSource|Provider)$/.test(base));
    if (main === undefined) throw new Error("generated source has no resource class");
    return main;
  }

  /** Attributes of a class, in the order of its accessors. */
  attributes(className: string): ClassAttribute[] {
    const body = this.classes.get(className)?.body ?? "";
    const heads = [...body.matchAll(/^ {2}\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)$/gm)];
    return heads.map((head, index) => ({
      name: head[1]!,
      computed: head[2] === "true",
      optional: head[3] === "true",
      required: head[4] === "true",
      accessor: body.slice(head.index + head[0].length, heads[index + 1]?.index),
    }));
  }

  /** Attributes that a struct's mapper function writes. */
  structMapping(struct: string): Map<string, MappedAttribute> {
    const start = this.source.indexOf(`export function ${struct[0]!.toLowerCase()}${struct.slice(1)}ToHclTerraform(`);
    return start < 0 ? new Map() : mapping(this.source.slice(start, this.source.indexOf("\n}\n", start)));
  }

  /** Attributes that the main class writes. */
  mainMapping(): Map<string, MappedAttribute> {
    const { body } = this.main();
    return mapping(body.slice(body.indexOf("synthesizeHclAttributes()")));
  }

  /** Properties of an interface, by the name that the provider uses. */
  properties(interfaceName: string): Map<string, PropertyFact> {
    const start = this.source.indexOf(`\nexport interface ${interfaceName} `);
    const text = start < 0 ? "" : this.source.slice(start, this.source.indexOf("\n}\n", start));
    const found = new Map<string, PropertyFact>();
    for (const [, doc, mark] of text.matchAll(/\/\*\*\n([\s\S]*?)\*\/\n {2}readonly \w+(\??):/g)) {
      const name = /#(\w+) /.exec(doc!)?.[1];
      if (name !== undefined) found.set(name, { optional: mark === "?", isBlock: doc!.includes(`* ${name} block\n`) });
    }
    return found;
  }
}

function mapping(body: string): Map<string, MappedAttribute> {
  const entry = /^ +(\w+): \{\n +value: (.+)\((?:this\._|struct!\.)[\w.]+\),\n +isBlock: \w+,\n +type: "(\w+)",/gm;
  const found = new Map<string, MappedAttribute>();
  for (const [, name, value, kind] of body.matchAll(entry)) {
    found.set(name!, { mapper: value!.replace(/^.* === undefined \? .+? : /, ""), kind: kind! });
  }
  return found;
}
