import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  checkWritable,
  differenceOf,
  type MergedTemplate,
  type TemplateChange,
  withMergedTemplate,
  writeUpgrade,
} from "../src";

const home = realpathSync(mkdtempSync(path.join(tmpdir(), "paved-upgraded-")));
const before = { ...process.env };
beforeAll(() => {
  writeFileSync(
    path.join(home, "gitconfig"),
    "[user]\nname = t\nemail = t@example.com\n[init]\ndefaultBranch = main\n",
  );
  Object.assign(process.env, {
    GIT_CONFIG_GLOBAL: path.join(home, "gitconfig"),
    GIT_CONFIG_SYSTEM: path.join(home, "none"),
    // As where a hook of another repository runs.
    GIT_DIR: path.join(home, "elsewhere"),
  });
});
afterAll(() => {
  process.env = before;
  rmSync(home, { recursive: true, force: true });
});

type Texts = Readonly<Record<string, string>>;

/** A template with what most tests need, and more. */
const template = (more: Texts = {}): Texts => ({
  ".record": "1\n",
  "app.txt": "one\ntwo\nthree\nfour\nfive\n",
  "package.json": "name\n\n\n\nfastify 1\n",
  "package-lock.json": "fastify 1\n",
  ...more,
});
const BASE = template();
const NEXT = template({ ".record": "2\n", "app.txt": "one\ntwo\nthree\nfour\nFIVE\n" });

let place = 0;
/** A repository that was made of a template, and then worked on. */
class Service {
  readonly directory = path.join(home, `service-${place++}`);

  constructor(made: Texts = BASE) {
    mkdirSync(this.directory);
    this.git("init", "-q");
    this.write(made);
    this.commit("made");
  }

  write(files: Texts): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(this.file(file)), { recursive: true });
      writeFileSync(this.file(file), text);
    }
  }

  commit(message: string): void {
    this.git("add", "--all");
    this.git("commit", "-qm", message);
  }

  file(name: string): string {
    return path.join(this.directory, name);
  }

  read(name: string): string {
    return readFileSync(this.file(name), "utf8");
  }

  git(...words: string[]): string {
    const env = { ...process.env, GIT_DIR: undefined };
    return execFileSync("git", words, { cwd: this.directory, encoding: "utf8", env });
  }

  upgrade<T>(use: (merged: MergedTemplate) => T, next: Texts = NEXT, base: Texts = BASE): Promise<T> {
    const change: TemplateChange = {
      base: new Map(Object.entries(base)),
      next: new Map(Object.entries(next)),
      names: { base: "api@1", next: "api@2" },
      settled: [".record"],
      locks: [{ file: "package-lock.json", from: ["package.json", "other.in"] }],
    };
    return withMergedTemplate(this.directory, change, use);
  }

  /** Upgrades on a branch. */
  async written(next: Texts = NEXT, base: Texts = BASE): Promise<Omit<MergedTemplate, "repository">> {
    checkWritable(this.directory, "upgrade");
    return this.upgrade(
      (merged) => {
        writeUpgrade(merged, { branch: "upgrade", message: "Take over api@2\n" });
        return merged;
      },
      next,
      base,
    );
  }
}

test("what the service changed stays, what the template changed comes, in one commit on a branch that is checked out", async () => {
  const service = new Service();
  service.write({ "app.txt": "ONE\ntwo\nthree\nfour\nfive\n", "own.txt": "mine\n" });
  service.commit("work");
  const { files, conflicts, left } = await service.written();
  expect({ files, conflicts, left }).toEqual({
    files: [
      { file: ".record", change: "changed" },
      { file: "app.txt", change: "changed" },
    ],
    conflicts: [],
    left: [],
  });
  expect(service.read("app.txt")).toBe("ONE\ntwo\nthree\nfour\nFIVE\n");
  expect(service.read("own.txt")).toBe("mine\n");
  expect(service.git("log", "--format=%s", "main..upgrade").trim()).toBe("Take over api@2");
  expect(service.git("branch", "--show-current").trim()).toBe("upgrade");
  expect(service.git("status", "--short")).toBe("");
});

test("that it is looked at changes nothing in the repository, not even its objects", async () => {
  const service = new Service();
  const state = () => [
    service.git("status", "--short", "--branch"),
    service.git("for-each-ref"),
    service.git("count-objects", "-v"),
  ];
  const was = state();
  const difference = await service.upgrade((merged) => differenceOf(merged, false));
  expect(difference).toMatch(/^-five\n\+FIVE$/m);
  expect(state()).toEqual(was);
});

describe("where both changed the same lines", () => {
  let service: Service;
  let merged: Omit<MergedTemplate, "repository">;
  beforeAll(async () => {
    service = new Service();
    service.write({ "app.txt": "one\ntwo\nthree\nfour\nmine\n" });
    service.commit("work");
    merged = await service.written();
  });

  test("it is said", () => {
    expect(merged.conflicts).toEqual([{ file: "app.txt", kind: "marked" }]);
  });

  test("both are marked, with what was there before, by names that say which is which", () => {
    const marked = "<<<<<<< yours\nmine\n||||||| api@1\nfive\n=======\nFIVE\n>>>>>>> api@2\n";
    expect(service.read("app.txt")).toBe(`one\ntwo\nthree\nfour\n${marked}`);
  });

  test("Git knows it as it knows any conflict, and everything else is ready to be committed", () => {
    expect(service.git("status", "--short").split("\n").filter(Boolean)).toEqual(["M  .record", "UU app.txt"]);
    expect(service.git("show", ":1:app.txt", ":2:app.txt", ":3:app.txt").match(/five|mine|FIVE/g)).toEqual([
      "five",
      "mine",
      "FIVE",
    ]);
  });

  test("when it is resolved, the commit has its message", () => {
    service.write({ "app.txt": "one\n" });
    service.git("add", "app.txt");
    service.git("-c", "core.editor=true", "commit", "-q");
    expect(service.git("log", "--format=%s", "main..upgrade").trim()).toBe("Take over api@2");
  });
});

test("a conflict that nobody wants to resolve is gone with the branch", async () => {
  const service = new Service();
  service.write({ "app.txt": "mine\n" });
  service.commit("work");
  await service.written();
  service.git("switch", "-q", "--discard-changes", "main");
  expect(service.git("status", "--short")).toBe("");
  expect(service.read("app.txt")).toBe("mine\n");
});

test("a file that both added is marked, too", async () => {
  const service = new Service();
  service.write({ "new.txt": "mine\n" });
  service.commit("work");
  const { conflicts } = await service.written(template({ "new.txt": "theirs\n" }));
  expect(conflicts).toEqual([{ file: "new.txt", kind: "marked" }]);
  expect(service.read("new.txt")).toMatch(/^<<<<<<< yours\nmine\n[^]*=======\ntheirs\n>>>>>>> api@2\n$/);
});

test("a file that the service removed stays removed, and it is said where the template changed it", async () => {
  const service = new Service();
  rmSync(service.file("app.txt"));
  service.commit("work");
  const { conflicts, left } = await service.written();
  expect({ conflicts, left }).toEqual({ conflicts: [], left: [{ file: "app.txt", because: "removed here" }] });
  expect(existsSync(service.file("app.txt"))).toBe(false);
});

test("a file that the template dropped goes when nobody changed it, and stays when somebody did", async () => {
  const base = template({ "old.txt": "old\n", "kept.txt": "a\nb\nc\n" });
  const service = new Service(base);
  service.write({ "kept.txt": "a\nb\nmine\n" });
  service.commit("work");
  const { files, conflicts, left } = await service.written(NEXT, base);
  expect(files).toContainEqual({ file: "old.txt", change: "removed" });
  expect(existsSync(service.file("old.txt"))).toBe(false);
  expect(left).toEqual([{ file: "kept.txt", because: "changed here, dropped by the scaffold" }]);
  expect(service.read("kept.txt")).toBe("a\nb\nmine\n");
  expect(conflicts).toEqual([]);
});

test("a file that the service gave another name is changed under that", async () => {
  const service = new Service();
  renameSync(service.file("app.txt"), service.file("main.txt"));
  service.commit("work");
  const { conflicts } = await service.written();
  expect(conflicts).toEqual([]);
  expect(service.read("main.txt")).toBe(NEXT["app.txt"]);
  expect(existsSync(service.file("app.txt"))).toBe(false);
});

test("a file that the service made executable stays so", async () => {
  const service = new Service();
  chmodSync(service.file("app.txt"), 0o755);
  service.commit("work");
  await service.written();
  expect(service.read("app.txt")).toBe(NEXT["app.txt"]);
  expect(statSync(service.file("app.txt")).mode & 0o111).toBe(0o111);
});

test("a file that is no text any more stays as the service has it, and is said to be in conflict", async () => {
  const service = new Service();
  service.write({ "app.txt": "a\0b\n" });
  service.commit("work");
  const { conflicts } = await service.written();
  expect(conflicts).toEqual([{ file: "app.txt", kind: "unmarked" }]);
  expect(service.read("app.txt")).toBe("a\0b\n");
});

test("a file with letters that are not UTF-8 keeps every byte", async () => {
  const service = new Service();
  const latin = Buffer.from("caf\u00e9\ntwo\nthree\nfour\nmine\n", "latin1");
  writeFileSync(service.file("app.txt"), latin);
  service.commit("work");
  await service.written();
  expect(readFileSync(service.file("app.txt")).subarray(0, 5)).toEqual(latin.subarray(0, 5));
});

test("the record is the template's, whatever was done to it", async () => {
  const service = new Service();
  service.write({ ".record": "mine\n" });
  service.commit("work");
  const { conflicts } = await service.written();
  expect(conflicts).toEqual([]);
  expect(service.read(".record")).toBe("2\n");
});

describe("a lock file that both changed", () => {
  const next = template({ "package.json": "name\n\n\n\nfastify 2\n", "package-lock.json": "fastify 2\n" });

  test("is the template's where the service did not touch what it is derived from", async () => {
    const service = new Service();
    service.write({ "package-lock.json": "fastify 1\nleft-pad 1\n" });
    service.commit("work");
    expect((await service.written(next)).conflicts).toEqual([]);
    expect(service.read("package-lock.json")).toBe("fastify 2\n");
  });

  test("stays the service's where it did, without marks, and has to be made anew before it is committed", async () => {
    const service = new Service();
    service.write({ "package-lock.json": "left-pad 1\n", "package.json": "left-pad 1\n\n\n\nfastify 1\n" });
    service.commit("work");
    expect((await service.written(next)).conflicts).toEqual([{ file: "package-lock.json", kind: "lock" }]);
    expect(service.read("package-lock.json")).toBe("left-pad 1\n");
    expect(service.git("status", "--short")).toMatch(/^UU package-lock\.json$/m);
  });

  test("stays the service's, too, where it is derived from several and the service touched one of them", async () => {
    const service = new Service();
    service.write({ "package-lock.json": "left-pad 1\n", "other.in": "left-pad 1\n" });
    service.commit("work");
    expect((await service.written(next)).conflicts).toEqual([{ file: "package-lock.json", kind: "lock" }]);
  });

  test("stays the service's where the template did not change it", async () => {
    const service = new Service();
    service.write({ "package-lock.json": "left-pad 1\n", "package.json": "left-pad 1\n" });
    service.commit("work");
    expect((await service.written()).conflicts).toEqual([]);
    expect(service.read("package-lock.json")).toBe("left-pad 1\n");
  });
});

test("a shallow clone of a service, its branch detached, is as good as a whole one", async () => {
  const service = new Service();
  service.write({ "app.txt": "ONE\ntwo\nthree\nfour\nfive\n" });
  service.commit("work");
  service.git("clone", "-q", "--depth", "1", `file://${service.directory}`, service.file("clone"));
  const clone = Object.assign(Object.create(Service.prototype) as Service, { directory: service.file("clone") });
  clone.git("checkout", "-q", "--detach");
  await clone.written();
  expect(clone.read("app.txt")).toBe("ONE\ntwo\nthree\nfour\nFIVE\n");
});

test("fails with PVD4104 for changes in no commit, all of them, before anything is done", () => {
  const service = new Service();
  service.write({ "app.txt": "mine\n", "package.json": "mine\n" });
  expect(() => checkWritable(service.directory, "upgrade")).toThrow(
    /PVD4104 .*app\.txt: [^]*PVD4104 .*package\.json: .*git stash/,
  );
});

test("fails with PVD4104 when a file that Git does not know is in the way, and leaves everything as it was", async () => {
  const service = new Service();
  service.write({ "new.txt": "mine\n" });
  await expect(service.written(template({ "new.txt": "theirs\n" }))).rejects.toThrow(/PVD4104 .*new\.txt/);
  expect(service.read("new.txt")).toBe("mine\n");
  expect(service.git("branch", "--format=%(refname:short)").trim()).toBe("main");
});

test("fails with PVD4104 when a file that is ignored is in the way, and leaves it", async () => {
  const service = new Service();
  service.write({ ".gitignore": ".vscode\n" });
  service.commit("ignore");
  service.write({ ".vscode/settings.json": "mine\n" });
  const next = { ...NEXT, ".vscode/settings.json": "theirs\n" };
  await expect(service.written(next)).rejects.toThrow(
    `PVD4104 ${service.file(".vscode/settings.json")}: got a file that Git does not know`,
  );
  expect(service.read(".vscode/settings.json")).toBe("mine\n");
  expect(service.git("branch", "--list", "upgrade")).toBe("");
});

test("fails with PVD4104 while a rebase is not at its end, and makes no branch", async () => {
  const service = new Service();
  service.write({ "more.txt": "more\n" });
  service.commit("more");
  service.git("-c", "sequence.editor=sed -i s/^pick/edit/", "rebase", "-q", "-i", "HEAD~1");
  await expect(service.written()).rejects.toThrow(/^PVD4104 .*begun and not ended: rebase-merge/);
  expect(service.git("branch", "--list", "upgrade")).toBe("");
});

test("no hook of the repository runs", async () => {
  const service = new Service();
  for (const name of ["pre-commit", "prepare-commit-msg", "commit-msg", "post-checkout", "post-commit"]) {
    const hook = service.file(`.git/hooks/${name}`);
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch "${service.directory}/.git/ran-${name}"\nexit 1\n`);
    chmodSync(hook, 0o755);
  }
  await service.written();
  expect(service.git("log", "-1", "--format=%s").trim()).toBe("Take over api@2");
  expect(readdirSync(service.file(".git")).filter((file) => file.startsWith("ran-"))).toEqual([]);
});

test("a file that both gave another name is a conflict, with the service's own words in it", async () => {
  const many = "a\nb\nc\nd\ne\nf\ng\nh\n";
  const base = template({ "server.txt": many });
  const service = new Service(base);
  const mine = many.replace("d", "mine");
  service.git("mv", "server.txt", "mine.txt");
  service.write({ "mine.txt": mine });
  service.commit("renamed");
  const { "server.txt": _, ...rest } = template({ "server.txt": many });
  const merged = await service.written({ ...rest, "theirs.txt": many.replace("d", "theirs") }, base);
  expect(merged.conflicts).toEqual([{ file: "mine.txt", kind: "unmarked" }]);
  expect(service.read("mine.txt")).toBe(mine);
  expect(service.git("log", "-1", "--format=%s").trim()).toBe("renamed");
  expect(service.git("status", "--short", "mine.txt")).toMatch(/^(AU|UD|DU|AA|UU) mine\.txt/);
});

test("fails with PVD4006 when the branch is there, and leaves it", () => {
  const service = new Service();
  service.git("branch", "upgrade");
  expect(() => checkWritable(service.directory, "upgrade")).toThrow(/PVD4006 .*git branch -D upgrade/);
});

test("fails with PVD4003 when the commit cannot be made, and leaves the repository as it was", async () => {
  const service = new Service();
  service.git("config", "commit.gpgSign", "true");
  service.git("config", "gpg.program", "false");
  await expect(service.written()).rejects.toThrow(/PVD4003 /);
  expect(service.git("branch", "--format=%(refname:short)").trim()).toBe("main");
  expect(service.git("status", "--short")).toBe("");
  expect(service.read("app.txt")).toBe(BASE["app.txt"]);
});
