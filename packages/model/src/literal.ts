/** Tokens of the construct library: what stands in a string for a value that is only known later. */
const TOKEN = /[$#&]\{TfToken\[/;
/** Numbers in this range are encoded tokens, not numbers. */
const NUMBER_TOKEN_LIMIT = -1.8e288;

/** True when the value, or any string or number in it, is only known after apply. */
export function hasToken(value: unknown): boolean {
  if (typeof value === "string") return TOKEN.test(value);
  if (typeof value === "number") return value < NUMBER_TOKEN_LIMIT;
  if (Array.isArray(value)) return value.some(hasToken);
  if (value !== null && typeof value === "object") return Object.values(value).some(hasToken);
  return false;
}

/**
 * Text that OpenTofu prints as it is: template openings are doubled, so that `${file("/etc/passwd")}` stays those
 * very characters and is never evaluated.
 */
export function literal(text: string): string {
  return text.replaceAll(/\$(?=\{)/g, "$$$$").replaceAll(/%(?=\{)/g, "%%");
}
