/** What an attribute holds; with dots it is one of nested blocks, of which there may be several: all their values. */
export function valuesAt(attributes: Readonly<Record<string, unknown>>, attribute: string): unknown {
  const names = attribute.split(".");
  const values: unknown[] = [];
  const walk = (current: unknown, depth: number): void => {
    if (depth === names.length) values.push(current);
    else if (Array.isArray(current)) for (const block of current) walk(block, depth);
    else if (isObject(current) && Object.hasOwn(current, names[depth]!)) walk(current[names[depth]!], depth + 1);
  };
  walk(attributes, 0);
  return values.length > 1 ? values : values[0];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
