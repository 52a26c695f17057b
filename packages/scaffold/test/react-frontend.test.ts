import { readFileSync } from "node:fs";
import path from "node:path";
import { type BrowserAt, browserAt } from "./browser";
import { ended, generated, INSTALLING_MS, installNode, SAMPLES, WELL } from "./generated";

const [, all] = SAMPLES["react-frontend"]!;
let repository: string;
let browser: BrowserAt;
beforeAll(async () => {
  repository = await generated("react-frontend", all!);
  await installNode(repository);
  browser = await browserAt();
}, INSTALLING_MS);

const read = (file: string): string => readFileSync(path.join(repository, file), "utf8");

test("README says these commands, in this order", () => {
  const said = [...read("README.md").matchAll(/^npm (?:run )?([\w:]+)$/gm)].map(([, name]) => name);
  expect(said).toEqual(["typecheck", "test", "build", "test:browser", "preview"]);
});

// The last opens the build in a browser, answered as in an environment: it is shown, and what its policy forbids is refused.
test.each(["typecheck", "test", "build", "test:browser"])(
  "npm run %s ends well",
  async (script) => {
    expect(await ended("npm", ["run", script], repository, { ...browser })).toEqual(WELL);
  },
  INSTALLING_MS,
);
