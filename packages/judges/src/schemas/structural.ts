/** A node of an OpenAPI v3 schema as a CRD has it, or of a JSON schema. */
export type SchemaNode = Readonly<Record<string, unknown>>;

/**
 * A CRD's structural schema as a JSON schema that refuses what the API server would drop without a word: fields that the
 * schema does not name, wherever it does not say that they are preserved.
 *
 * Rules in CEL (`x-kubernetes-validations`), uniqueness of list keys and formats are not carried over.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
 */
export function toJsonSchema(root: SchemaNode): SchemaNode {
  const properties = (root["properties"] ?? {}) as Record<string, SchemaNode>;
  const { apiVersion: _, kind: __, metadata: ___, ...own } = properties;
  // The API server checks these by itself, whatever the CRD says of them.
  const anything = { apiVersion: {}, kind: {}, metadata: {} };
  return { ...closed({ ...root, properties: own }, anything) };
}

function closed(node: SchemaNode, known: Record<string, SchemaNode> = {}): SchemaNode {
  const { items, properties, additionalProperties, type, ...rest } = node;
  const result: Record<string, unknown> = { ...restrictions(rest) };
  const anyScalar = node["x-kubernetes-int-or-string"] === true;
  if (anyScalar) result["type"] = ["integer", "string"];
  else if (type !== undefined) result["type"] = type;
  if (node["nullable"] === true && result["type"] !== undefined) {
    result["type"] = [result["type"], "null"].flat();
    if (Array.isArray(result["enum"])) result["enum"] = [...result["enum"], null];
  }
  if (items !== undefined) result["items"] = closed(items as SchemaNode);
  const embedded = node["x-kubernetes-embedded-resource"] === true ? { apiVersion: {}, kind: {}, metadata: {} } : {};
  const fields = { ...known, ...embedded, ...mapped(properties as Record<string, SchemaNode> | undefined) };
  if (Object.keys(fields).length > 0) result["properties"] = fields;
  if (type === "object") {
    if (isSchema(additionalProperties)) result["additionalProperties"] = closed(additionalProperties);
    else if (additionalProperties !== true && !preserves(node)) result["additionalProperties"] = false;
  }
  return result;
}

/** Keywords that only restrict; inside `allOf` and the like nothing is pruned, so nothing is closed there. */
function restrictions(rest: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) {
    if (!ANNOTATIONS.has(key) && !key.startsWith("x-kubernetes-")) kept[key] = value;
  }
  for (const [limit, exclusive] of EXCLUSIVE) {
    if (kept[exclusive] === true) kept[exclusive] = kept[limit];
    else delete kept[exclusive];
  }
  return kept;
}

/** In OpenAPI 3.0 these are booleans beside the limit, in JSON schema they are the limit. */
const EXCLUSIVE = [
  ["minimum", "exclusiveMinimum"],
  ["maximum", "exclusiveMaximum"],
] as const;

const ANNOTATIONS = new Set(["default", "description", "example", "externalDocs", "format", "nullable", "title"]);

function mapped(properties: Record<string, SchemaNode> = {}): Record<string, SchemaNode> {
  return Object.fromEntries(Object.entries(properties).map(([name, node]) => [name, closed(node)]));
}

function preserves(node: SchemaNode): boolean {
  return node["x-kubernetes-preserve-unknown-fields"] === true;
}

function isSchema(value: unknown): value is SchemaNode {
  return typeof value === "object" && value !== null;
}
