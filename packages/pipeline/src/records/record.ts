/** What a file says of each subject of a stack: sentences by what they are of. */
export type Recorded = ReadonlyMap<string, readonly string[]>;

/** A line for each subject, and one for each sentence below it; sorted, so that a review sees what is new and nothing else. */
export function formatRecord(record: Recorded): string {
  return [...record]
    .filter(([, sentences]) => sentences.length > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([subject, sentences]) => [
      subject,
      ...[...new Set(sentences)].toSorted().map((sentence) => `  ${sentence}`),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

/** Each sentence with its subject in front, as a file says them. */
export function sentencesIn(text: string): readonly string[] {
  let subject = "";
  return text.split("\n").flatMap((line) => {
    if (line.startsWith("  ")) return [`${subject}: ${line.trim()}`];
    subject = line;
    return [];
  });
}
