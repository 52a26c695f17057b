import { readFileSync } from "node:fs";
import path from "node:path";
import { ended, generated, INSTALLING_MS, installNode, SAMPLES, WELL } from "./generated";

const [, all] = SAMPLES["grpc-service"]!;
let repository: string;
beforeAll(async () => {
  repository = await generated("grpc-service", all!);
  await installNode(repository);
}, INSTALLING_MS);

const scripts = (): readonly string[] =>
  [...readFileSync(path.join(repository, "README.md"), "utf8").matchAll(/^npm (?:run )?(\w+)$/gm)].map(
    ([, name]) => name!,
  );

test("README says these commands, in this order", () => {
  expect(scripts()).toEqual(["typecheck", "test", "build", "start"]);
});

// The second starts the server: it answers its client, questions for its health, reflection and metrics, and ends.
test.each(["typecheck", "test", "build"])(
  "npm run %s ends well",
  async (script) => {
    expect(await ended("npm", ["run", script], repository)).toEqual(WELL);
  },
  INSTALLING_MS,
);
