import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FleetIndex } from "@paved/model";
import fc from "fast-check";
import { adoptionFrom, adoptionOf } from "../src/adoption/adoption";
import { recordHistory } from "../src/adoption/history";
import type { ServiceChoice } from "../src/adoption/choice";
import { ADOPTION_RECORD, checkAdoptionRecord, formatRecord, parseRecord } from "../src/adoption/record";
import { Workspace } from "../src/workspace/workspace";

const workspace = new Workspace(mkdtempSync(path.join(tmpdir(), "paved-history-")));
const file = path.join(workspace.root, ADOPTION_RECORD);
afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

const git = (...words: string[]): void => {
  const who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
  execFileSync("git", [...who, ...words], { cwd: workspace.root, stdio: "pipe" });
};

const fleet = (...paths: readonly (string | undefined)[]): FleetIndex =>
  ({
    stacks: paths.map((goldenPath, each) => ({
      name: `dev-s${each}`,
      environment: "dev",
      kind: "service",
      service: `s${each}`,
      owner: "commerce",
      deviations: [],
      elements: { "aws_vpc.a": { path: "a", goldenPath } },
    })),
    services: paths.map((goldenPath, each) => ({ name: `s${each}`, goldenPath: goldenPath ?? "none" })),
  }) as unknown as FleetIndex;

test("the record is written when asked for, and is then as the fleet is", () => {
  mkdirSync(path.dirname(file));
  const written = checkAdoptionRecord(workspace, fleet("node-api@1"), { write: true });
  expect(written).toEqual({ findings: [], written: [ADOPTION_RECORD] });
  expect(readFileSync(file, "utf8").split("\n")[1]).toBe("dev s0 commerce node-api@1 1 1 0");
  expect(checkAdoptionRecord(workspace, fleet("node-api@1"))).toEqual({ findings: [], written: [] });
});

test("fails with PVD2011 when the record is of a former fleet", () => {
  const [finding] = checkAdoptionRecord(workspace, fleet("node-api@1", undefined)).findings;
  expect(finding).toMatchObject({ code: "PVD2011", where: ADOPTION_RECORD });
});

test("history is what the record was at every commit that changed it, the newest first", () => {
  git("init", "--quiet");
  for (const [paths, subject] of [
    [[undefined], "A service beside the path"],
    [[undefined, "node-api@1"], "A second one on it"],
  ] as const) {
    checkAdoptionRecord(workspace, fleet(...paths), { write: true });
    git("add", ".");
    git("commit", "--quiet", "--message", subject);
    writeFileSync(path.join(workspace.root, "other.txt"), subject);
    git("add", ".");
    git("commit", "--quiet", "--message", "Something else");
  }
  const history = recordHistory(workspace, { commits: 10 });
  const shares = history.map(({ subject, services }) => [subject, services.length, adoptionFrom(services).total.share]);
  expect(shares).toEqual([
    ["A second one on it", 2, 0.5],
    ["A service beside the path", 1, 0],
  ]);
  expect(recordHistory(workspace, { commits: 1 })).toEqual(history.slice(0, 1));
  expect(recordHistory(workspace, { commits: 10, since: "2999-01-01" })).toEqual(history.slice(0, 1));
  expect(recordHistory(workspace, { commits: 10, since: "2001-01-01" })).toEqual(history);
  expect(history[0]?.commit).toMatch(/^[0-9a-f]{40}$/);
});

test("history of some of the services has the commits that changed those, and nothing of the others", () => {
  const subjects = (choice: ServiceChoice) =>
    recordHistory(workspace, { commits: 10, choice }).map(({ subject, services }) => [subject, services.length]);
  expect(subjects({ services: ["s0"] })).toEqual([["A service beside the path", 1]]);
  expect(subjects({ goldenPaths: ["node-api"] })).toEqual([["A second one on it", 1]]);
  expect(subjects({ teams: ["commerce"], environments: ["dev"] })).toHaveLength(2);
});

test("history of one sort of change leaves out commits that changed others", () => {
  expect(recordHistory(workspace, { commits: 10, changes: () => "the same" })).toEqual([]);
});

test.each([
  ["PVD1001 --env", { environments: ["prod"] }],
  ["PVD4001 --service", { services: ["s9"] }],
  ["PVD4003 --team", { teams: ["nobody"] }],
  ["PVD4003 --golden-path", { goldenPaths: ["node-ap"] }],
])("fails with %s for a name that no commit knows", (message, choice) => {
  expect(() => recordHistory(workspace, { commits: 10, choice })).toThrow(message);
});

test("fails with PVD4003 where there is no repository", () => {
  const nowhere = new Workspace(mkdtempSync(path.join(tmpdir(), "paved-nowhere-")));
  expect(() => recordHistory(nowhere, { commits: 1 })).toThrow(/PVD4003 --history/);
  rmSync(nowhere.root, { recursive: true });
});

test("what was written is read as it was", () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9@-]{0,20}$/);
  const figure = fc.nat();
  const day = fc.constantFrom("2027-06-30", "2028-02-29");
  const service = fc.record({
    environment: name,
    service: name,
    owner: name,
    goldenPath: name,
    resources: figure,
    onPath: figure,
    deviations: figure,
    left: fc.array(fc.record({ rule: name.map((text) => text.replaceAll("@", "")), expires: day })),
  });
  fc.assert(
    fc.property(fc.array(service), (services) => {
      expect(formatRecord(parseRecord(formatRecord(services)))).toBe(formatRecord(services));
      expect(parseRecord(formatRecord(services))).toHaveLength(services.length);
    }),
  );
});

test("the record has every deviation with the day it ends on, the first to end in front", () => {
  const [stack] = fleet("node-api@1").stacks;
  const deviations = [
    { rule: "startup-time", expires: "2027-06-30" },
    { rule: "K8S-POD-001", expires: "2027-03-31" },
  ];
  const index = { ...fleet("node-api@1"), stacks: [{ ...stack, deviations }] } as unknown as FleetIndex;
  const [, line] = formatRecord(adoptionOf(index).services).split("\n");
  expect(line).toBe("dev s0 commerce node-api@1 1 1 2 K8S-POD-001@2027-03-31 startup-time@2027-06-30");
});
