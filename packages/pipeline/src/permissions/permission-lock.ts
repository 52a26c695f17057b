/** What each subject of a stack permits: sentences by address, or by kind and name. */
export type Permissions = ReadonlyMap<string, readonly string[]>;

/** A line for each subject, and one for each sentence below it; sorted, so that a review sees what is new and nothing else. */
export function formatPermissions(permissions: Permissions): string {
  return [...permissions]
    .filter(([, sentences]) => sentences.length > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([subject, sentences]) => [
      subject,
      ...[...new Set(sentences)].toSorted().map((sentence) => `  ${sentence}`),
    ])
    .map((line) => `${line}\n`)
    .join("");
}
