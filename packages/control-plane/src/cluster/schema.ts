/** What the API server publishes of a schema, as far as it is read here (OpenAPI 3.0). */
interface OpenApiSchema {
  readonly $ref?: string;
  readonly allOf?: readonly OpenApiSchema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema | boolean;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-group-version-kind"?: readonly { readonly kind: string }[];
}

/** The schemas of one group and version. */
export interface OpenApiDocument {
  readonly components?: { readonly schemas?: Readonly<Record<string, OpenApiSchema>> };
}

/** What a field of a kind may hold. */
export type Field =
  | { readonly form: "object"; readonly fields: Fields }
  | { readonly form: "list" | "map"; readonly element: Field }
  | { readonly form: "text" | "number" | "boolean" | "number-or-text" | "quantity" | "any" };

/** Fields of an object, by name. */
export type Fields = Readonly<Record<string, Field>>;

const QUANTITY = /\.resource\.Quantity$/;
const NUMBER_OR_TEXT = /\.intstr\.IntOrString$/;
const SIMPLE: Readonly<Record<string, "text" | "number" | "boolean">> = {
  string: "text",
  integer: "number",
  number: "number",
  boolean: "boolean",
};

/** The fields of a kind. @returns undefined when the document has no such kind */
export function fieldsOf({ components }: OpenApiDocument, kind: string): Fields | undefined {
  const schemas = components?.schemas ?? {};
  const found = Object.values(schemas).find((schema) =>
    schema["x-kubernetes-group-version-kind"]?.some((one) => one.kind === kind),
  );
  return found && lazyFields(found, schemas);
}

/** Schemas refer to themselves, so that fields are looked into when they are asked for. */
function lazyFields(schema: OpenApiSchema, schemas: Readonly<Record<string, OpenApiSchema>>): Fields {
  const fields: Record<string, Field> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    let field: Field | undefined;
    const get = (): Field => (field ??= fieldOf(property, schemas));
    Object.defineProperty(fields, name, { enumerable: true, get });
  }
  return fields;
}

function fieldOf(schema: OpenApiSchema, schemas: Readonly<Record<string, OpenApiSchema>>): Field {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (reference !== undefined) {
    const name = reference.split("/").at(-1)!;
    if (QUANTITY.test(name)) return { form: "quantity" };
    return NUMBER_OR_TEXT.test(name) ? { form: "number-or-text" } : fieldOf(schemas[name] ?? {}, schemas);
  }
  if (schema["x-kubernetes-int-or-string"] === true) return { form: "number-or-text" };
  if (schema.items !== undefined) return { form: "list", element: fieldOf(schema.items, schemas) };
  if (schema.properties !== undefined) return { form: "object", fields: lazyFields(schema, schemas) };
  const { additionalProperties } = schema;
  if (typeof additionalProperties === "object") return { form: "map", element: fieldOf(additionalProperties, schemas) };
  return { form: SIMPLE[schema.type ?? ""] ?? "any" };
}
