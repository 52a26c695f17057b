import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { CASES, rendered } from "./generated";

const STEP = "refuse what is older than what was proposed last";
const [OLDER, NEWER] = ["a".repeat(40), "b".repeat(40)] as const;

interface Workflow {
  readonly jobs: { readonly release?: { readonly steps: readonly { readonly name: string; readonly run?: string }[] } };
}

/** What the step of a scaffold's workflow runs; nothing of one that releases no image. */
async function stepOf(name: string): Promise<string | undefined> {
  const { given } = CASES.find((each) => each.name === name)!;
  const workflow = (await rendered(name, given)).repository.get(".github/workflows/ci.yml")!;
  const { release } = (parse(String(workflow)) as Workflow).jobs;
  return release?.steps.find((step) => step.name === STEP)?.run;
}

test.each(["grpc-service", "python-worker"])("%s looks as node-api does whether it was overtaken", async (name) => {
  expect(await stepOf(name)).toBe(await stepOf("node-api"));
});

describe("a commit whose image is about to be proposed for dev", () => {
  let step: string;
  /** A checkout of the platform, and a `gh` that says how one commit stands to another. */
  let platform: string;
  beforeAll(async () => {
    step = (await stepOf("node-api"))!;
  });
  beforeEach(() => {
    platform = mkdtempSync(path.join(tmpdir(), "paved-proposed-"));
    git("init", "--quiet", "--initial-branch=main");
    const compared = { [`${NEWER}...${OLDER}`]: "behind", [`${OLDER}...${NEWER}`]: "ahead" };
    const answers = Object.entries(compared).map(
      ([pair, how]) => `repos/example/returns/compare/${pair}) echo ${how};;`,
    );
    writeFileSync(
      path.join(platform, "gh"),
      `#!/bin/sh\ncase "$2" in\n${answers.join("\n")}\n*) echo "Not Found (HTTP 404)" >&2; exit 1;;\nesac\n`,
      { mode: 0o755 },
    );
  });
  afterEach(() => rmSync(platform, { recursive: true, force: true }));

  function git(...words: readonly string[]): void {
    const who = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...who, ...words], { cwd: platform });
  }
  /** Commits a release as the workflow does. @param repository whose commit it is of */
  function propose(commit: string, repository = "example/returns"): void {
    mkdirSync(path.join(platform, "environments/dev"), { recursive: true });
    writeFileSync(path.join(platform, "environments/dev/releases.json"), commit + repository);
    git("add", "environments");
    git("commit", "--quiet", "--message", "Release it to dev (#7)", "--message", `sha256:1 of ${repository}@${commit}`);
  }
  function look(commit: string): { readonly code: number | null; readonly said: string } {
    const known = { GITHUB_REPOSITORY: "example/returns", GITHUB_SHA: commit };
    const env = { ...process.env, ...known, PATH: `${platform}:${process.env["PATH"]}` };
    const { status, stderr } = spawnSync("bash", ["-e", "-c", step], { cwd: platform, env, encoding: "utf8" });
    return { code: status, said: stderr };
  }
  const goesOn = { code: 0, said: "" };

  test("goes on when nothing was released yet, or only of others", () => {
    git("commit", "--quiet", "--allow-empty", "--message", "Begin");
    expect(look(OLDER)).toEqual(goesOn);
    propose(NEWER, "example/returns-ui");
    expect(look(OLDER)).toEqual(goesOn);
  });

  test("goes on when what was proposed last is older", () => {
    propose(OLDER);
    expect(look(NEWER)).toEqual(goesOn);
  });

  test("is refused when a newer one is released", () => {
    propose(OLDER);
    propose(NEWER);
    expect(look(OLDER)).toEqual({ code: 1, said: expect.stringContaining(`${OLDER} is older than ${NEWER}`) });
  });

  test("is refused while a newer one is proposed", () => {
    git("commit", "--quiet", "--allow-empty", "--message", "Begin");
    git("switch", "--quiet", "--create", "proposed");
    propose(NEWER);
    git("update-ref", "refs/remotes/origin/release/returns-dev", "HEAD");
    git("switch", "--quiet", "main");
    git("branch", "--quiet", "-D", "proposed");
    expect(look(OLDER)).toMatchObject({ code: 1 });
  });

  test("is not proposed while it is not known which is older", () => {
    propose("c".repeat(40));
    expect(look(NEWER)).toEqual({ code: 1, said: "Not Found (HTTP 404)\n" });
  });
});
