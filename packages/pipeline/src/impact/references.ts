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

/** Every resource that the attributes of another name in an expression; `depends_on` is an order, and names nothing. */
export function referencesIn(attributes: Attributes): readonly Reference[] {
  return Object.entries(attributes).flatMap(([name, value]) => (name === "depends_on" ? [] : inValue(value, name)));
}

function inValue(value: unknown, path: string): readonly Reference[] {
  if (typeof value === "string") {
    const start = value.indexOf("${");
    if (start === -1) return [];
    return [...value.slice(start).matchAll(NAMED)].map(([, address, attribute]) => ({
      path,
      address: address as string,
      attribute: attribute as string,
    }));
  }
  if (Array.isArray(value)) return value.flatMap((each) => inValue(each, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => inValue(each, `${path}.${key}`));
}
