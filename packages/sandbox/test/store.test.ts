import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PavedError } from "@paved/model";
import { ObjectStore, type PlacedObject } from "../src/store/object-store";
import { withLock } from "../src/store/lock";

const object = (id: string, attributes = {}): PlacedObject => ({
  scope: "aws/1/eu-west-1",
  stack: "s",
  type: "aws_vpc",
  id,
  attributes,
});

describe("the store", () => {
  let directory: string;
  let journal: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), "paved-store-"));
    journal = path.join(directory, "journal.jsonl");
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const open = (): ObjectStore => new ObjectStore(directory);
  const put = (store: ObjectStore, ...ids: string[]): void =>
    store.change(() => ids.forEach((id) => store.put(object(id))));
  const ids = (store: ObjectStore): string[] => store.all().map(({ id }) => id);
  /** A process id that no process has any more. */
  const deadPid = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

  test("survives between processes", () => {
    const first = open();
    put(first, "a", "b");
    first.change(() => first.remove(object("a")));
    expect(ids(open())).toEqual(["b"]);
    expect(open().find("aws/1/eu-west-1", "aws_vpc", "b")).toEqual(object("b"));
  });

  test("two processes see each other's changes", () => {
    const [one, other] = [open(), open()];
    put(one, "a");
    put(other, "b");
    put(one, "c");
    expect(ids(other)).toEqual(["a", "b", "c"]);
    expect(ids(one)).toEqual(["a", "b", "c"]);
  });

  test("a check inside a change sees what another process did just before", () => {
    const [one, other] = [open(), open()];
    put(one, "a");
    other.change(() => expect(ids(other)).toEqual(["a"]));
  });

  test("nothing of a change that throws happens", () => {
    const store = open();
    put(store, "a");
    const fail = (): void =>
      store.change(() => {
        store.put(object("b"));
        store.remove(object("a"));
        throw new Error("no");
      });
    expect(fail).toThrow("no");
    expect(ids(store)).toEqual(["a"]);
    expect(ids(open())).toEqual(["a"]);
  });

  test("changes only within change()", () => {
    expect(() => open().put(object("a"))).toThrow("only within change()");
  });

  test.each([1, 10, 40])(
    "a last line torn off %d bytes before its end is ignored, and the next change repairs it",
    (bytes) => {
      put(open(), "a");
      put(open(), "b");
      const whole = readFileSync(journal);
      writeFileSync(journal, whole.subarray(0, whole.length - bytes));
      const store = open();
      expect(ids(store)).toEqual(["a"]);
      put(store, "c");
      expect(ids(open())).toEqual(["a", "c"]);
    },
  );

  test("a reader does not mind a writer that is in the middle of a line", () => {
    const store = open();
    put(store, "a");
    appendFileSync(journal, '{"op":"put","object":{"scope":');
    expect(ids(store)).toEqual(["a"]);
    appendFileSync(journal, '"aws/1/eu-west-1","stack":"s","type":"aws_vpc","id":"b","attributes":{}}}\n');
    expect(ids(store)).toEqual(["a", "b"]);
  });

  test.each([
    ["not JSON", "{{{\n"],
    ["no entry", '{"op":"explode"}\n'],
    ["no object", '{"op":"put"}\n'],
  ])("%s in the middle is PVD3001, with the line", (_, line) => {
    put(open(), "a");
    appendFileSync(journal, line);
    appendFileSync(journal, `${JSON.stringify({ op: "reset" })}\n`);
    expect(open).toThrow(PavedError);
    expect(open).toThrow(/PVD3001 .*journal\.jsonl: got line 3: /);
  });

  test("a journal of another format is PVD3001", () => {
    writeFileSync(journal, '{"format":2}\n');
    expect(open).toThrow(/PVD3001/);
  });

  test("a directory that cannot be made is PVD3001", () => {
    expect(() => new ObjectStore(path.join(journal, "\0"))).toThrow(/PVD3001/);
  });

  test("a long journal is compacted when opened, and open readers follow", () => {
    const reader = open();
    const writer = open();
    for (let round = 0; round < 300; round += 1) put(writer, "a");
    writer.change(() => writer.nextCount("seed"));
    const before = statSync(journal).size;
    const compacted = open();
    expect(statSync(journal).size).toBeLessThan(before / 10);
    put(compacted, "b");
    expect(ids(reader)).toEqual(["a", "b"]);
    expect(compacted.change(() => compacted.nextCount("seed"))).toBe(1);
  });

  test("counts go on after a restart", () => {
    const store = open();
    expect([0, 1].map(() => store.change(() => store.nextCount("x")))).toEqual([0, 1]);
    const later = open();
    expect(later.change(() => later.nextCount("x"))).toBe(2);
  });

  test("what is in it is for its owner alone", () => {
    put(open(), "a");
    expect(statSync(journal).mode & 0o077).toBe(0);
  });

  test("forms of one type are one object", () => {
    const store = open();
    const secret = { ...object("n/s"), type: "kubernetes_secret" };
    store.change(() => store.put(secret));
    store.change(() => store.put({ ...secret, type: "kubernetes_secret_v1" }));
    expect(store.all().map(({ type }) => type)).toEqual(["kubernetes_secret_v1"]);
  });

  test("a lock is released when the work throws", () => {
    const lock = path.join(directory, "lock");
    expect(() => withLock(lock, () => JSON.parse("{"))).toThrow(SyntaxError);
    expect(existsSync(lock)).toBe(false);
  });

  test("the lock of a killed process is taken over, also when it was killed taking over", () => {
    const lock = path.join(directory, "lock");
    writeFileSync(lock, String(deadPid()));
    writeFileSync(`${lock}.takeover`, String(deadPid()));
    expect(withLock(lock, () => "done")).toBe("done");
    expect([lock, `${lock}.takeover`].filter((file) => existsSync(file))).toEqual([]);
  });
});
