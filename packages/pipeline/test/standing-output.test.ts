import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readStanding } from "../src/workspace/standing-output";

let home: string;
let output: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "paved-standing-"));
  output = path.join(home, "cdktf.out");
  write(output, "former");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(directory: string, text: string): void {
  mkdirSync(directory);
  for (const name of ["one", "other"]) writeFileSync(path.join(directory, name), text);
}

function swap(text: string): void {
  write(`${output}.new`, text);
  rmSync(output, { recursive: true });
  renameSync(`${output}.new`, output);
}

/** Reads two files, with something that happens between. */
function pair(between: () => void): readonly string[] {
  const read = (name: string) => readFileSync(path.join(output, name), "utf8");
  return readStanding(output, () => {
    const one = read("one");
    between();
    return [one, read("other")];
  });
}

const once = (work: () => void) => {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
};

test("what stands still is read once", () => {
  let times = 0;
  expect(pair(() => (times += 1))).toEqual(["former", "former"]);
  expect(times).toBe(1);
});

test("files of two outputs are never read as one", () => {
  expect(pair(once(() => swap("new")))).toEqual(["new", "new"]);
});

test("an output that is taken away to be replaced is waited for", () => {
  const moved = `${output}.host.1.old`;
  renameSync(output, moved);
  let tries = 0;
  const text = readStanding(output, () => {
    tries += 1;
    if (tries === 2) renameSync(moved, output);
    return readFileSync(path.join(output, "one"), "utf8");
  });
  // The second time it came back while it was read.
  expect({ text, tries }).toEqual({ text: "former", tries: 3 });
});

test("what is wrong with an output that stands still is said at once", () => {
  let tries = 0;
  const read = () => {
    tries += 1;
    throw new Error("damaged");
  };
  expect(() => readStanding(output, read)).toThrow("damaged");
  expect(tries).toBe(1);
});
