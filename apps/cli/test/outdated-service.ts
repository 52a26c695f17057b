import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Workspace } from "@paved/pipeline";
import { pastScaffold, renderRepository } from "@paved/scaffold";
import { index } from "./sample-fleet";

const TEMPLATES = path.join("packages", "scaffold", "templates");
const now = path.join(__dirname, "../../..", TEMPLATES);

/** The version of `node-api` that the history begins with; the one after it is today's. */
export const OLD = Number(pastScaffold(readFileSync(path.join(now, "node-api.yaml"), "utf8"))!.version) - 1;

/** What the old version did not have, in files of the template: each is a piece that was put in since. */
const ADDED = {
  "node-api/src/app.ts": ", requestTimeout: REQUEST_MS",
  "node-api/test/app.test.ts": `test("a request that does not come to its end is given up", async () => {
  assert.equal((await app()).server.requestTimeout, 30_000);
});

`,
  "node-api/docs/index.md.njk": ", and gives a request up that is not here whole within 30 seconds",
};

/**
 * A platform with two versions of its templates in its history, the first of which lacks what the newest brought, has a file
 * that was dropped, and asked nothing about the size of pods; and repositories that were made of it.
 */
export class OutdatedServices {
  readonly home = realpathSync(mkdtempSync(path.join(tmpdir(), "paved-outdated-")));
  readonly workspace = new Workspace(path.join(this.home, "platform"));
  readonly #templates = path.join(this.workspace.root, TEMPLATES);

  constructor() {
    mkdirSync(path.join(this.workspace.root, "cdktf.out"), { recursive: true });
    writeFileSync(path.join(this.workspace.root, "cdktf.json"), "{}");
    writeFileSync(path.join(this.workspace.root, ".gitignore"), "cdktf.out\n");
    cpSync(now, this.#templates, { recursive: true });
    this.git(this.workspace.root, "init", "-q", "-b", "main");
    this.#edit("node-api.yaml", `version: ${OLD + 1}`, `version: ${OLD}`);
    for (const [file, piece] of Object.entries(ADDED)) this.#edit(file, piece, "");
    writeFileSync(path.join(this.#templates, "node-api", "Makefile"), "test:\n\tnpm test\n");
    this.commit(this.workspace.root, "the old version");
    cpSync(this.#templates, path.join(this.home, "old"), { recursive: true });
    rmSync(this.#templates, { recursive: true });
    cpSync(now, this.#templates, { recursive: true });
    this.commit(this.workspace.root, "the new version");
  }

  #edit(file: string, from: string, to: string): void {
    const text = readFileSync(path.join(this.#templates, file), "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path.join(this.#templates, file), text.replaceAll(from, to));
  }

  /** A repository that was made of the old version, with one commit; its folder. */
  make(name: string, record: Readonly<Record<string, unknown>> = {}): string {
    const directory = path.join(this.home, name);
    const about = { name, owner: "commerce", organisation: "example", tier: 3, onCall: "commerce-primary" };
    const stores = { database: "none", cache: "none" };
    const values = { ...about, ...stores, description: `${name} of commerce`, goldenPath: "node-api", version: OLD };
    const old = path.join(this.home, "old");
    const { layers } = pastScaffold(readFileSync(path.join(old, "node-api.yaml"), "utf8"))!;
    for (const [file, text] of renderRepository(old, layers, values)) {
      this.write(directory, file, text);
    }
    this.write(directory, ".paved.json", `${JSON.stringify({ ...values, ...record }, null, 2)}\n`);
    this.git(directory, "init", "-q", "-b", "main");
    this.commit(directory, "made");
    return directory;
  }

  /** Says in the index of the last synth which services there are, all alike but for the name. */
  register(...names: readonly string[]): void {
    const services = names.map((name) => ({ ...index.services[0]!, name }));
    writeFileSync(this.workspace.index, JSON.stringify({ ...index, stacks: [], services }));
  }

  write(directory: string, file: string, text: string): void {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    writeFileSync(path.join(directory, file), text);
  }

  read(directory: string, file: string): string {
    return readFileSync(path.join(directory, file), "utf8");
  }

  git(directory: string, ...words: readonly string[]): string {
    return execFileSync("git", words, { cwd: directory, encoding: "utf8" });
  }

  commit(directory: string, message: string): void {
    this.git(directory, "add", "--all", "--force");
    this.git(directory, "commit", "-qm", message);
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
