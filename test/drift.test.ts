import * as fs from "node:fs";
import { type Ended, ThrowawayWorkspace } from "./throwaway-workspace";

const workspace = new ThrowawayWorkspace();
afterAll(() => workspace.remove());

interface Drift {
  readonly stacks: readonly {
    readonly name: string;
    readonly status: string;
    readonly resources: readonly { readonly address: string; readonly attributes: readonly object[] }[];
  }[];
}

const chosen = ["--env", "dev", "--service", "pricing", "--service", "search-index"];
const look = (...words: string[]): Ended => workspace.paved("drift", ...chosen, ...words);
const statuses = ({ out }: Ended) => (JSON.parse(out) as Drift).stacks.map(({ name, status }) => `${name} ${status}`);

/** What an apply has left, byte by byte. */
function left(): readonly string[] {
  const folder = workspace.file(".paved", "sandbox");
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
  return files
    .filter((file) => fs.statSync(`${folder}/${file}`).isFile())
    .map((file) => `${file} ${fs.readFileSync(`${folder}/${file}`, "base64")}`);
}

test("where nothing was applied there is nothing to have drifted", () => {
  const ended = look("--json");
  expect(ended.code).toBe(0);
  expect(statuses(ended)).toEqual(["dev-pricing unapplied", "dev-search-index unapplied"]);
}, 60_000);

test("what was changed behind the engine's back is said by address and attribute, and nothing is changed", () => {
  expect(workspace.paved("rehearse", "--env", "dev", "--service", "pricing").code).toBe(0);
  expect(look().code).toBe(0);
  const address = "aws_ecr_repository.grpc_repository_repository";
  const words = ["sandbox", "drift", `dev-pricing:${address}`, "image_tag_mutability", "MUTABLE"];
  expect(workspace.paved(...words).code).toBe(0);
  const before = left();
  const ended = look("--json");
  expect(ended.code).toBe(3);
  expect((JSON.parse(ended.out) as Drift).stacks[0]).toMatchObject({
    status: "drifted",
    resources: [
      {
        address,
        change: "changed",
        attributes: [{ path: "image_tag_mutability", before: "IMMUTABLE", after: "MUTABLE" }],
        source: expect.stringMatching(/^stacks\/services\/pricing\.ts:\d+$/),
      },
    ],
  });
  expect(left()).toEqual(before);
  const markdown = look("--format", "markdown").out;
  expect(markdown).toContain("`image_tag_mutability: IMMUTABLE → MUTABLE`");
  const summary = workspace.file("summary.md");
  workspace.environment = { ...workspace.environment, GITHUB_STEP_SUMMARY: summary };
  expect(look("--summary").code).toBe(3);
  expect(fs.readFileSync(summary, "utf8")).toBe(markdown);
  expect(workspace.paved("apply", "--env", "dev", "--service", "pricing").code).toBe(0);
  expect(look().code).toBe(0);
}, 120_000);
