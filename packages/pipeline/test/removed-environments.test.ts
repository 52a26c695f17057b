import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { environmentEntry } from "@paved/testing/src/environment-entry";
import { checkAddresses, recordWith, recordWithout, removedEnvironments, Workspace } from "../src";

const workspace = new Workspace(mkdtempSync(path.join(tmpdir(), "paved-removed-")));
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(workspace.root, file)), { recursive: true });
  writeFileSync(path.join(workspace.root, file), text);
};
afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

const fleet = (...names: readonly string[]) => ({
  version: 1 as const,
  environments: names.map(environmentEntry),
  stacks: [],
  services: [],
  goldenPaths: [],
});
const preview = { name: "preview", account: "444444444444", lookedIn: "cloud" } as const;

test("the record keeps each once, sorted, and knows none without a file", () => {
  expect(removedEnvironments(workspace)).toEqual(new Set());
  const twice = recordWith(recordWith(recordWith(undefined, preview), { ...preview, name: "old" }), preview);
  expect(twice.split("\n").slice(1)).toEqual(["old 444444444444 cloud", "preview 444444444444 cloud", ""]);
  expect(recordWithout(twice, "old")).toBe(recordWith(undefined, preview));
});

test("fails with PVD2010 when addresses are gone with their environment, and no record says that nothing lived there", () => {
  write("environments/preview/addresses/orders.txt", "aws_db_instance.it\n");
  expect(checkAddresses(workspace, fleet("dev")).findings).toMatchObject([
    { code: "PVD2010", where: "preview-orders" },
  ]);
});

test("with the record they may be gone", () => {
  write("environments/removed.txt", recordWith(undefined, preview));
  expect(checkAddresses(workspace, fleet("dev")).findings).toEqual([]);
});

test("one of which only a sandbox was looked at is not known to be gone from the cloud", () => {
  write(
    "environments/removed.txt",
    recordWith(recordWith(undefined, preview), { ...preview, name: "old", lookedIn: "sandbox" }),
  );
  expect(removedEnvironments(workspace)).toEqual(new Set(["old", "preview"]));
  expect(removedEnvironments(workspace, "cloud")).toEqual(new Set(["preview"]));
});

test("fails with PVD2010 for an environment of that name that is there again", () => {
  const { findings } = checkAddresses(workspace, fleet("dev", "preview"));
  expect(findings).toMatchObject([{ code: "PVD2010", where: "preview-orders" }]);
});
