import { distance } from "fastest-levenshtein";

/** The candidate a mistyped word most likely meant, or undefined when none is near (at most a third of it differs). */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const away = distance(word, candidate);
    if (away <= limit && (best === undefined || away < best.distance)) best = { candidate, distance: away };
  }
  return best?.candidate;
}

/** The fix line for an unknown word: the nearest known one, or the list of all. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === undefined ? `use one of ${candidates.join(", ")}` : `did you mean ${near}?`;
}
