import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

function textsIn(folder: string, wanted: (file: string) => boolean): string {
  const root = path.join(__dirname, folder);
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(wanted);
  return files.map((file) => readFileSync(path.join(root, file), "utf8")).join("\n");
}

const raised = new Set(
  [...textsIn("../src", (file) => file.endsWith(".ts")).matchAll(/code: "(PVD\d{4})"/g)].map(([, code]) => code!),
);
const tests = [".", "../real"].map((folder) => textsIn(folder, (file) => file.endsWith(".test.ts"))).join("\n");

test.each([...raised].toSorted())("%s, which this package raises, has a test of its own", (code) => {
  expect(raised.size).toBeGreaterThan(4);
  expect(tests).toMatch(new RegExp(`"fails with ${code} `));
});
