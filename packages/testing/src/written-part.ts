import { readFileSync, writeFileSync } from "node:fs";

/** Where a page is written by a test or a measurement, between two comments that stay. */
export interface WrittenPart {
  /** Path of the page. */
  readonly page: string;
  readonly begin: string;
  readonly end: string;
}

/** The page as it has to be. @param text what the part says, of what it said. @throws when the page lacks a comment */
export function pageWith({ page, begin, end }: WrittenPart, text: (former: string) => string): string {
  const now = readFileSync(page, "utf8");
  const start = now.indexOf(begin);
  const stop = now.indexOf(end, start);
  if (start === -1 || stop === -1) throw new Error(`${page} lacks ${begin} or ${end}: restore it from Git`);
  const former = now.slice(start + begin.length, stop).trim();
  return `${now.slice(0, start)}${begin}\n\n${text(former)}\n\n${now.slice(stop)}`;
}

/** Writes that part of the page anew, see {@link pageWith}. */
export function writePart(part: WrittenPart, text: (former: string) => string): void {
  writeFileSync(part.page, pageWith(part, text));
}
