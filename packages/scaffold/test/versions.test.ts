import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SCAFFOLDS } from "../src";
import { rendered, SAMPLES } from "./generated";

/** What a scaffold of that version made when it was new. */
interface Made {
  readonly version: number;
  /** Hash of all files of the repositories that the answers of the tests make. */
  readonly sha256: string;
}
type Recorded = Readonly<Record<string, Made>>;

const file = path.join(__dirname, "..", "made.json");
const recorded = (): Recorded => JSON.parse(readFileSync(file, "utf8")) as Recorded;

async function made(name: string): Promise<string> {
  const hash = createHash("sha256");
  for (const given of SAMPLES[name]!) {
    for (const [place, text] of (await rendered(name, given)).repository) hash.update(JSON.stringify([place, text]));
  }
  return hash.digest("hex");
}

/** Writes down versions that are new; what one made that is written down already is never written again. */
async function written(): Promise<Recorded> {
  const before = recorded();
  const now = SCAFFOLDS.map(async ({ name, version }): Promise<[string, Made]> => {
    const known = before[name];
    return [name, known?.version === version ? known : { version, sha256: await made(name) }];
  });
  return Object.fromEntries(await Promise.all(now));
}

beforeAll(async () => {
  if (process.env["PAVED_WRITE_DOCS"] !== "1") return;
  writeFileSync(file, `${JSON.stringify(await written(), null, 2)}\n`);
});

test("what every scaffold makes is written down, and nothing else", () => {
  expect(Object.keys(recorded())).toEqual(SCAFFOLDS.map(({ name }) => name));
});

test.each(SCAFFOLDS)(
  "$name makes what it made when its version was written down: what changes it is a new version, with a sentence in its changes",
  async ({ name, version }) => {
    expect({ version, sha256: await made(name) }).toEqual(recorded()[name]);
  },
);

test.each(SCAFFOLDS)("$name says what each version brought, in a line that ends as a sentence does", ({ changes }) => {
  expect(changes.filter((what) => !/^[^\n]+\.$/.test(what))).toEqual([]);
});
