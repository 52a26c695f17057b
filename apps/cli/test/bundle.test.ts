import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BundleEvidence } from "@paved/model";
import {
  applyBundle,
  type Bundle,
  BundleDirectory,
  gitHubApprovers,
  gitHubAuthors,
  lastApplied,
  planBundle,
  type RunResult,
} from "@paved/pipeline";
import { approveCommand } from "../src/commands/bundle";
import { applyCommand, planCommand } from "../src/commands/run-stacks";
import { EXIT_CODES } from "../src/exit-codes";
import { result } from "./sample-fleet";
import { run, sampleWorkspace } from "./sample-workspace";

jest.mock("@paved/pipeline", () => ({
  ...jest.requireActual<object>("@paved/pipeline"),
  ensureEngine: async () => ({ binary: "tofu", version: "1.12.6", from: "built" }),
  gitHubRun: () => "the run",
  gitHubAuthors: jest.fn(async () => ["edsger"]),
  lastApplied: jest.fn(),
  gitHubApprovers: jest.fn(async () => ["ada", "bob", "edsger", "grace"]),
  planBundle: jest.fn(),
  applyBundle: jest.fn(),
}));

const workspace = sampleWorkspace();
const given = path.join(workspace.root, "bundle");
const directory = new BundleDirectory(given);
const hash = "a".repeat(64);

const evidence: BundleEvidence = {
  version: 1,
  mode: "sandbox",
  commit: { id: "b".repeat(40), clean: false, brought: ["c".repeat(40)], authors: ["Ada"] },
  engine: "1.12.6",
  encryption: "passphrase",
  policy: { rules: 1, checks: 2, broken: 0, hash },
  approvals: { dev: 0, production: 2 },
  stacks: [
    { name: "dev-network", environment: "dev", status: "unchanged", root: hash, providers: {}, waitsFor: [] },
    { name: "dev-orders", environment: "dev", status: "waits", root: hash, providers: {}, waitsFor: ["dev-cluster"] },
  ],
};
const losing: BundleEvidence["stacks"][number] = {
  ...evidence.stacks[0]!,
  status: "planned",
  plan: {
    hash,
    counts: { add: 1, change: 0, destroy: 1 },
    actions: { replace: ["aws_kms_key.a"] },
    losses: [{ address: "aws_kms_key.a", action: "replace", loses: "all that is encrypted with it" }],
  },
};
const waits = { code: "PVD2007", where: "dev-orders", got: "no cluster", want: "one", fix: "apply it" } as const;
const planned: RunResult = {
  command: "plan",
  tofu: "1.12.6",
  seconds: 2.5,
  stacks: [result("dev-network", { status: "planned" }), result("dev-orders", { status: "waits", findings: [waits] })],
};
const bundle: Bundle = { directory, evidence: { ...evidence, stacks: [losing, evidence.stacks[1]!] }, hash };

beforeEach(() => {
  rmSync(given, { recursive: true, force: true });
  jest.mocked(planBundle).mockReset().mockResolvedValue({ result: planned, bundle });
  jest
    .mocked(applyBundle)
    .mockReset()
    .mockResolvedValue({ ...planned, command: "apply", stacks: [result("dev-network")] });
});

/** A bundle as it lies on the disk. */
function written(): void {
  mkdirSync(given);
  writeFileSync(path.join(given, "bundle.json"), JSON.stringify(evidence));
}

test("a plan says where its bundle is, what is lost, what is planned later, and what approvals it needs", async () => {
  const { code, out, err } = await run(planCommand, workspace, { options: { bundle: given, env: ["dev"] } });
  expect(code).toBe(EXIT_CODES.ok.code);
  expect(out.split("\n").slice(-5)).toEqual([
    `wrote ${given}: 1 plan, encrypted; evidence aaaaaaaaaaaa`,
    "dev-network aws_kms_key.a: replace, and with it all that is encrypted with it",
    "dev-orders is planned after dev-cluster, and may only create then",
    "note: not all of it is committed, so it is for the sandbox alone",
    `needs 2 approvals: paved approve ${given} --by <name>`,
  ]);
  expect(err).not.toContain("PVD2007");
});

test("a change goes onto what GitHub says was applied last, and before the first time that is noted", async () => {
  const options = { bundle: given, baseFromGithub: true };
  jest.mocked(lastApplied).mockResolvedValueOnce("d".repeat(40));
  const after = await run(planCommand, workspace, { options });
  jest.mocked(lastApplied).mockResolvedValueOnce(undefined);
  const first = await run(planCommand, workspace, { options });
  expect(jest.mocked(planBundle).mock.calls.map(([{ base }]) => base)).toEqual(["d".repeat(40), undefined]);
  expect([after.err, first.err].map((text) => /only the last commit's authors count/.test(text))).toEqual([
    false,
    true,
  ]);
});

test("what a plan is judged by is passed on, and the day only when somebody said one", async () => {
  await run(planCommand, workspace, {
    options: { bundle: given, base: "origin/main", today: "2027-01-01", live: true },
  });
  expect(jest.mocked(planBundle).mock.calls[0]![0]).toMatchObject({
    base: "origin/main",
    day: "2027-01-01",
    policy: { today: "2027-01-01" },
    mode: "live",
    directory: { path: given },
  });
  await run(planCommand, workspace, { options: { bundle: given } });
  expect(jest.mocked(planBundle).mock.calls[1]![0].day).toBeUndefined();
});

test("as JSON a plan is one document, with the evidence", async () => {
  const { out } = await run(planCommand, workspace, { options: { bundle: given, json: true } });
  expect(JSON.parse(out)).toMatchObject({ ok: true, bundle: given, hash, evidence: { version: 1 } });
});

test("a plan without a bundle fails, and says why", async () => {
  const failed = { ...planned, stacks: [result("dev-network", { status: "failed", findings: [waits] })] };
  jest.mocked(planBundle).mockResolvedValue({ result: failed });
  const { code, out, err } = await run(planCommand, workspace, { options: { bundle: given } });
  expect({ code, wrote: out.includes("wrote"), err }).toMatchObject({ code: EXIT_CODES.failed.code, wrote: false });
  expect(err).toContain("PVD2007 dev-orders");
});

test("an apply is of the bundle, in the sandbox unless it is live, and asks before that", async () => {
  written();
  const { code, out } = await run(applyCommand, workspace, { options: { bundle: given, json: true } });
  expect(code).toBe(EXIT_CODES.ok.code);
  expect(JSON.parse(out)).toMatchObject({ ok: true, bundle: given, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(jest.mocked(applyBundle).mock.calls[0]![0]).toMatchObject({ mode: "sandbox", directory: { path: given } });
  const live = { bundle: given, live: true };
  await expect(run(applyCommand, workspace, { options: live })).rejects.toThrow(/^PVD4003 confirmation/);
  await run(applyCommand, workspace, { options: { ...live, yes: true } });
  expect(jest.mocked(applyBundle).mock.calls[1]![0]).toMatchObject({ mode: "live" });
});

test("an approval says how many there are of those that are needed", async () => {
  written();
  const approved = await run(approveCommand, workspace, { arguments: [given], options: { by: "Grace" } });
  expect(approved.out).toMatch(new RegExp(`^Grace approves ${given}, [0-9a-f]{12}: 1 of 2 needed$`));
  const again = await run(approveCommand, workspace, { arguments: [given], options: { by: "Edsger", json: true } });
  expect(JSON.parse(again.out)).toMatchObject({ by: ["Edsger"], approvedBy: ["Edsger", "Grace"], needed: 2 });
});

test.each([
  ["plan", planCommand, { base: "main", today: "2027-01-01" }, ["--base", "--today"]],
  ["plan", planCommand, { baseFromGithub: true }, ["--base-from-github"]],
  ["plan", planCommand, { bundle: given, base: "main", baseFromGithub: true }, ["--base"]],
  ["approve", approveCommand, { by: "ada", fromGithub: true }, ["--by"]],
  ["apply", applyCommand, { bundle: given, env: ["dev"], service: ["orders"] }, ["--env", "--service"]],
  ["approve", approveCommand, {}, ["--by"]],
] as const)(
  "fails with PVD4003 for %s with options that do not go together",
  async (_name, command, options, where) => {
    const error = await run(command, workspace, { arguments: [given], options }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ findings: where.map((each) => ({ code: "PVD4003", where: each })) });
  },
);

test("approve by GitHub leaves out who wrote the change, by name or by GitHub's own address, and counts the others", async () => {
  const authors = ["Ada", "7+bob@users.noreply.github.com"];
  mkdirSync(given, { recursive: true });
  writeFileSync(
    path.join(given, "bundle.json"),
    JSON.stringify({ ...evidence, commit: { ...evidence.commit, authors } }),
  );
  const { code, out } = await run(approveCommand, workspace, { arguments: [given], options: { fromGithub: true } });
  expect({ code, out }).toMatchObject({
    code: EXIT_CODES.ok.code,
    out: expect.stringMatching(/grace approves .*1 of 2/),
  });
  // By an address of their own, only GitHub knows who somebody is.
  expect(gitHubAuthors).toHaveBeenCalledWith("the run", [evidence.commit.id, ...evidence.commit.brought]);
  // Of dev nobody has to approve.
  expect(gitHubApprovers).toHaveBeenCalledWith("the run", ["production"]);
});
