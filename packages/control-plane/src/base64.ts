/** Text as a kubeconfig has it. */
export function encoded(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** What such a text says. @returns undefined where there is none */
export function decoded<T extends string | undefined>(text: T): T {
  return (text === undefined ? undefined : Buffer.from(text, "base64").toString("utf8")) as T;
}
