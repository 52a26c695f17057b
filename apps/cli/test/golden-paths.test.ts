import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { goldenPathsCommand } from "../src/commands/golden-paths";
import { index } from "./sample-fleet";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const BEGIN = "<!-- written by paved golden-paths --write -->";
const END = "<!-- end of what is written -->";
const example = "export default defineService(about, () => {});\n";
const read = (file: string) => readFileSync(path.join(workspace.root, file), "utf8");

beforeEach(() => {
  write(workspace, "stacks/services/orders.ts", example);
  write(workspace, "README.md", `# Here\n\n${BEGIN}\n${END}\n\nThere.\n`);
  write(workspace, "docs/golden-paths/README.md", `# Paths\n\n${BEGIN}\nformer\n${END}\n`);
});

test("golden paths are listed with the number of services on each", async () => {
  expect(await run(goldenPathsCommand, workspace)).toMatchInlineSnapshot(`
   {
     "code": 0,
     "err": "",
     "out": "1 golden path
   +-------------+-------------+----------+---------+---------------------------+
   | golden path | what        | services | options | example                   |
   | node-api@1  | Node.js API | 1        | 1       | stacks/services/orders.ts |
   +-------------+-------------+----------+---------+---------------------------+",
   }
  `);
});

test("as JSON each has the schema of its options, and its services", async () => {
  const { out } = await run(goldenPathsCommand, workspace, { options: { json: true } });
  expect(JSON.parse(out)).toEqual({ goldenPaths: [{ ...index.goldenPaths[0], services: ["orders"] }], written: [] });
});

test("the documents are written between their marks, and once they are right no more", async () => {
  const first = await run(goldenPathsCommand, workspace, { options: { write: true } });
  expect(first.out).toMatch(/wrote README\.md\nwrote docs\/golden-paths\/README\.md$/);
  const line = "[Node.js API](docs/golden-paths/node-api.md): An HTTP API on Node.js.";
  expect(read("README.md")).toBe(`# Here\n\n${BEGIN}\n\n${line}\n\n\`\`\`ts\n${example}\`\`\`\n\n${END}\n\nThere.\n`);
  expect(read("docs/golden-paths/README.md")).toBe(
    `# Paths\n\n${BEGIN}\n\n| golden path | for |\n| --- | --- |\n| [Node.js API](node-api.md) | An HTTP API on Node.js. |\n\n${END}\n`,
  );
  expect((await run(goldenPathsCommand, workspace, { options: { write: true } })).out).not.toContain("wrote");
});

test("an example that stands further up is not shown twice", async () => {
  write(workspace, "README.md", `${example}\n${BEGIN}\n${END}\n`);
  await run(goldenPathsCommand, workspace, { options: { write: true } });
  expect(read("README.md").split(example)).toHaveLength(2);
  expect(read("README.md")).toContain("`stacks/services/orders.ts` is one.");
});

test("fails with PVD4003 where a document does not say what is written, and writes neither", async () => {
  write(workspace, "docs/golden-paths/README.md", "# Paths\n");
  const before = read("README.md");
  await expect(run(goldenPathsCommand, workspace, { options: { write: true } })).rejects.toThrow(
    /PVD4003 docs\/golden-paths\/README\.md/,
  );
  expect(read("README.md")).toBe(before);
});

test("fails with PVD2009 for an example that is gone", async () => {
  const gone = { ...index, goldenPaths: [{ ...index.goldenPaths[0]!, example: "stacks/services/none.ts" }] };
  write(workspace, "cdktf.out/paved.json", JSON.stringify(gone));
  await expect(run(goldenPathsCommand, workspace, { options: { write: true } })).rejects.toThrow(
    /PVD2009 stacks\/services\/none\.ts/,
  );
  expect(existsSync(path.join(workspace.root, "stacks/services/none.ts"))).toBe(false);
});
