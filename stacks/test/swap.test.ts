import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { swapInto, writeBeside } from "../src/output/swap";

let workspace: string;
let output: string;
beforeEach(() => {
  workspace = fs.mkdtempSync(path.join(os.tmpdir(), "paved-swap-"));
  output = path.join(workspace, "cdktf.out");
  swapInto(output, (directory) => fs.writeFileSync(path.join(directory, "index"), "former"));
});
afterEach(() => fs.rmSync(workspace, { recursive: true, force: true }));

const held = () => fs.readFileSync(path.join(output, "index"), "utf8");

/** What Node throws when the disk is full. */
const diskFull = Object.assign(new Error("ENOSPC: no space left on device, write"), {
  code: "ENOSPC",
  syscall: "write",
});

test("the new output replaces the whole of the old", () => {
  swapInto(output, (directory) => fs.writeFileSync(path.join(directory, "other"), "new"));
  expect(fs.readdirSync(output)).toEqual(["other"]);
});

test("nothing is left beside the output", () => {
  swapInto(output, (directory) => fs.writeFileSync(path.join(directory, "index"), "new"));
  expect(fs.readdirSync(workspace)).toEqual(["cdktf.out"]);
});

test("fails with PVD1023 on a full disk, and the old output is intact", () => {
  const write = (directory: string) => {
    fs.writeFileSync(path.join(directory, "index"), "half");
    throw diskFull;
  };
  expect(() => swapInto(output, write)).toThrow(/^PVD1023 cdktf.out: got ENOSPC on write.*free some disk space/);
  expect(held()).toBe("former");
  expect(fs.readdirSync(workspace)).toEqual(["cdktf.out"]);
});

test("fails with PVD1023 on a disk that is really full", () => {
  const full = (directory: string) => fs.symlinkSync("/dev/full", path.join(directory, "index"));
  const write = (directory: string) => {
    full(directory);
    fs.writeFileSync(path.join(directory, "index"), "x".repeat(1 << 20));
  };
  expect(() => swapInto(output, write)).toThrow(/^PVD1023 cdktf.out: got ENOSPC/);
  expect(held()).toBe("former");
});

test("an error of the writer itself passes through, and the old output is intact", () => {
  expect(() =>
    swapInto(output, () => {
      throw new RangeError("a bug");
    }),
  ).toThrow(RangeError);
  expect(held()).toBe("former");
});

const beside = (pid: number | undefined, kind: "new" | "old", host = os.hostname()) =>
  `${output}.${host}.${pid}.${kind}`;
const dead = () => spawnSync("true").pid;
const write = (text: string) => (directory: string) => fs.writeFileSync(path.join(directory, "index"), text);

test("a run that was killed between its two renames is put right by the next", () => {
  fs.renameSync(output, beside(dead(), "old"));
  const seen: string[] = [];
  swapInto(output, (directory) => {
    seen.push(held());
    write("new")(directory);
  });
  expect(seen).toEqual(["former"]);
  expect(held()).toBe("new");
  expect(fs.readdirSync(workspace)).toEqual(["cdktf.out"]);
});

test("what a killed run had half written is removed, and does not get into the output", () => {
  fs.mkdirSync(beside(dead(), "new"));
  swapInto(output, write("new"));
  expect(fs.readdirSync(workspace)).toEqual(["cdktf.out"]);
  expect(fs.readdirSync(output)).toEqual(["index"]);
});

test("what a process that runs is writing is let be, and so is that of another machine", () => {
  const others = [beside(process.ppid, "new"), beside(process.ppid, "old"), beside(dead(), "new", "elsewhere")];
  for (const directory of others) fs.mkdirSync(directory);
  swapInto(output, write("new"));
  expect(others.filter((directory) => !fs.existsSync(directory))).toEqual([]);
});

test("what is written is seen when it is published, and not before", () => {
  const written = writeBeside(output, write("new"));
  expect(held()).toBe("former");
  expect(fs.readFileSync(path.join(written.directory, "index"), "utf8")).toBe("new");
  written.publish();
  expect(held()).toBe("new");
});

test("what is discarded leaves nothing", () => {
  writeBeside(output, write("new")).discard();
  expect(held()).toBe("former");
  expect(fs.readdirSync(workspace)).toEqual(["cdktf.out"]);
});

test("what another process published meanwhile is replaced as a whole", () => {
  const written = writeBeside(output, write("new"));
  fs.rmSync(output, { recursive: true });
  fs.mkdirSync(output);
  fs.writeFileSync(path.join(output, "other"), "");
  written.publish();
  expect(fs.readdirSync(output)).toEqual(["index"]);
});
