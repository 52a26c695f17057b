import type { Attributes } from "../difference/root-document";

/** That an attribute names an attribute of another resource. */
export interface Reference {
  /** Where it is named, without list indexes: `vpc_config.subnet_ids`. */
  readonly path: string;
  /** The other resource: `aws_subnet.network_private-0`. */
  readonly address: string;
  /** The first attribute of it that is named: `id`. */
  readonly attribute: string;
}

const NAMED = /(?<![\w.-])((?:aws|kubernetes|helm)_\w+\.[\w-]+)(?:\[[^\]]*\])?\.(\w+)/g;

/** A fact of a contract, as a stack that consumes it reads it. */
const FACT = /jsondecode\(data\.aws_ssm_parameter\.(contract-[\w-]+)\.insecure_value\)(?:\.|, ")(\w+)/g;

/** Every resource that the attributes of another name in an expression; `depends_on` is an order, and names nothing. */
export function referencesIn(attributes: Attributes): readonly Reference[] {
  return expressionsIn(attributes).flatMap(({ path, text }) => named(path, text));
}

/** Every fact of a contract that attributes name: `address` is the contract's parameter, `attribute` the fact. */
export function factReferencesIn(attributes: Attributes): readonly Reference[] {
  return expressionsIn(attributes).flatMap(({ path, text }) =>
    [...text.matchAll(FACT)].map(([, address, attribute]) => ({
      path,
      address: address as string,
      attribute: attribute as string,
    })),
  );
}

/**
 * What each fact of a contract is made from, by the fact: `{ vpcId: [{ address: "aws_vpc.main", attribute: "id" }] }`.
 * @param value the value of the parameter: `${jsonencode({"vpcId" = aws_vpc.main.id})}`
 */
export function factsIn(value: string): ReadonlyMap<string, readonly Reference[]> {
  const fields = [...value.matchAll(/"(\w+)" = /g)];
  return new Map(
    fields.map((field, index) => {
      const start = (field.index ?? 0) + field[0].length;
      return [field[1] as string, named("", value.slice(start, fields[index + 1]?.index))] as const;
    }),
  );
}

function named(path: string, text: string): readonly Reference[] {
  return [...text.matchAll(NAMED)].map(([, address, attribute]) => ({
    path,
    address: address as string,
    attribute: attribute as string,
  }));
}

/** Texts that hold an expression, with the path they stand at. */
function expressionsIn(attributes: Attributes): readonly { readonly path: string; readonly text: string }[] {
  return Object.entries(attributes).flatMap(([name, value]) => (name === "depends_on" ? [] : textsIn(value, name)));
}

function textsIn(value: unknown, path: string): readonly { readonly path: string; readonly text: string }[] {
  if (typeof value === "string") return value.includes("${") ? [{ path, text: value.slice(value.indexOf("${")) }] : [];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsIn(each, `${path}.${key}`));
}
