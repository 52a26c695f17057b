import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isCurrent, type PinnedModule, pinnedVersion, writeStamp } from "../src";

const folder = mkdtempSync(path.join(tmpdir(), "paved-go-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const etcd = { name: "etcd", package: "go.etcd.io/etcd/server/v3" };
const pinned: PinnedModule = {
  name: "etcd",
  title: "etcd",
  folder,
  requirement: "go.etcd.io/etcd/server/v3",
  programs: [etcd],
  binaries: folder,
};
const pin = (text: string): void => writeFileSync(path.join(folder, "go.mod"), text);

test.each([
  ["require go.etcd.io/etcd/server/v3 v3.6.16\n", "3.6.16"],
  [
    "require (\n\tgo.etcd.io/etcd/api/v3 v3.6.15 // indirect\n\tgo.etcd.io/etcd/server/v3 v3.6.16 // indirect\n)\n",
    "3.6.16",
  ],
  ["tool go.etcd.io/etcd/server/v3\n", undefined],
])("the version that %j pins is %j", (text, version) => {
  pin(text);
  expect(pinnedVersion(pinned)).toBe(version);
});

test("a binary of another pin, or without a stamp, is not used", () => {
  pin("require go.etcd.io/etcd/server/v3 v3.6.16\n");
  writeFileSync(path.join(folder, "etcd"), "");
  expect(isCurrent(pinned, etcd)).toBe(false);
  writeStamp(pinned, etcd);
  expect(isCurrent(pinned, etcd)).toBe(true);
  pin("require go.etcd.io/etcd/server/v3 v3.6.17\n");
  expect(isCurrent(pinned, etcd)).toBe(false);
});
