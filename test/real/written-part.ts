import * as fs from "node:fs";

/** Where a page is written by a measurement, between two comments that stay. */
export interface WrittenPart {
  readonly page: string;
  readonly begin: string;
  readonly end: string;
}

/** Writes that part of a page anew. @param text what it says from now on, of what it said */
export function writePart({ page, begin, end }: WrittenPart, text: (former: string) => string): void {
  const [before = "", rest = ""] = fs.readFileSync(page, "utf8").split(begin);
  const [former = "", after = ""] = rest.split(end);
  fs.writeFileSync(page, `${before}${begin}\n\n${text(former)}\n\n${end}${after}`);
}
