import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FleetIndex } from "@paved/model";
import fc from "fast-check";
import { adoptionHistory } from "../src/adoption/history";
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
  const history = adoptionHistory(workspace, 10);
  expect(history.map(({ subject, total }) => [subject, total.services, total.share])).toEqual([
    ["A second one on it", 2, 0.5],
    ["A service beside the path", 1, 0],
  ]);
  expect(adoptionHistory(workspace, 1)).toEqual(history.slice(0, 1));
  expect(history[0]?.commit).toMatch(/^[0-9a-f]{40}$/);
});

test("fails with PVD4003 where there is no repository", () => {
  const nowhere = new Workspace(mkdtempSync(path.join(tmpdir(), "paved-nowhere-")));
  expect(() => adoptionHistory(nowhere, 1)).toThrow(/PVD4003 --history/);
  rmSync(nowhere.root, { recursive: true });
});

test("what was written is read as it was", () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9@-]{0,20}$/);
  const figure = fc.nat();
  const service = fc.record({
    environment: name,
    service: name,
    owner: name,
    goldenPath: name,
    resources: figure,
    onPath: figure,
    deviations: figure,
  });
  fc.assert(
    fc.property(fc.array(service), (services) => {
      expect(formatRecord(parseRecord(formatRecord(services)))).toBe(formatRecord(services));
      expect(parseRecord(formatRecord(services))).toHaveLength(services.length);
    }),
  );
});
