import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { judgeDockerfile, judgeWorkflows } from "@paved/judges";
import { scaffoldNamed } from "../src";
import { CASES, generated, INSTALLING_MS } from "./generated";

const root = path.join(__dirname, "../../..");
const bench = {
  home: path.join(root, ".paved", "judges"),
  requirements: path.join(root, "packages", "judges", "requirements.txt"),
};
const least = CASES.filter(({ answers }) => answers === "the least");
const withImage = least.filter(({ name }) => scaffoldNamed(name).layers.some(({ folder }) => folder === "container"));
const workflowsOf = (repository: string) => path.join(repository, ".github", "workflows");

test.each(least)(
  "actionlint and zizmor find nothing in the workflows of $name",
  async ({ name, given }) => expect(await judgeWorkflows(workflowsOf(await generated(name, given)), bench)).toEqual([]),
  INSTALLING_MS,
);

test.each(least)(
  "workflows of $name use actions by their commits, in the versions of the platform's own",
  async (each) => {
    const uses = (folder: string) =>
      readdirSync(folder).flatMap((file) =>
        [...readFileSync(path.join(folder, file), "utf8").matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, use]) => use!),
      );
    const own = new Map(uses(path.join(root, ".github", "workflows")).map((use) => [use.split("@")[0]!, use]));
    const all = uses(workflowsOf(await generated(each.name, each.given))).filter((use) => !use.startsWith("./"));
    expect(all.length).toBeGreaterThan(3);
    expect(all.filter((use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
    expect(all.filter((use) => (own.get(use.split("@")[0]!) ?? use) !== use)).toEqual([]);
  },
);

test.each(withImage)(
  "hadolint finds nothing in the Dockerfile of $name",
  async ({ name, given }) => {
    const file = path.join(await generated(name, given), "Dockerfile");
    expect(await judgeDockerfile(file, bench)).toEqual([]);
  },
  INSTALLING_MS,
);

test.each(withImage)("the image of $name has no shell, does not run as root, and stands on a digest", async (each) => {
  const text = readFileSync(path.join(await generated(each.name, each.given), "Dockerfile"), "utf8");
  const bases = [...text.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base!);
  expect(bases.filter((base) => !/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/.test(base))).toEqual([]);
  expect(bases.at(-1)).toMatch(/\/distroless\//);
  expect(text).toMatch(/^USER 10001:10001$/m);
});
