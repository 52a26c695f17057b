import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Workspace } from "../src";
import { environmentEntry } from "@paved/testing/src/environment-entry";

/**
 * Bundles nothing: `main.js` copies what the sources say into the output, which is enough to be synthesized. It counts its
 * runs, so that a test can tell whether it ran.
 */
const BUILD = `
const fs = require("fs"), path = require("path");
fs.mkdirSync("stacks/dist", { recursive: true });
fs.writeFileSync("stacks/dist/main.js", fs.readFileSync("stacks/main.txt"));`;

const MAIN = `
const fs = require("fs"), path = require("path");
fs.appendFileSync(process.env.HOME + "/runs", "ran\\n");
const out = process.argv[process.argv.indexOf("--output") + 1];
const fleet = JSON.parse(fs.readFileSync("stacks/fleet.json", "utf8"));
process.once("message", () => process.exit(0));
if (fleet.errors) return process.send({ errors: fleet.errors }, () => process.exit(1));
fs.rmSync(out, { recursive: true, force: true });
for (const [name, root] of Object.entries(fleet.roots)) {
  fs.mkdirSync(path.join(out, "stacks", name), { recursive: true });
  fs.writeFileSync(path.join(out, "stacks", name, "cdk.tf.json"), JSON.stringify(root));
}
fs.mkdirSync(path.join(out, "gitops"), { recursive: true });
const stacks = Object.keys(fleet.roots).map((name) => ({
  name, environment: name.split("-")[0], kind: "service", service: name.split("-")[1], owner: "team", directory: "stacks/" + name,
  dependsOn: [], publishes: [], consumes: [], notes: [], deviations: [], elements: {},
  records: { moved: [], retired: [], forgotten: [], imported: [] },
}));
fs.writeFileSync(path.join(out, "paved.json"), JSON.stringify({ version: 1, environments: ${JSON.stringify([environmentEntry("dev")])}, stacks, services: [], goldenPaths: [], ...fleet.index }));
process.send({ written: out });`;

/** A repository of Git with the smallest fleet that there can be. */
export class SmallRepository {
  readonly home = mkdtempSync(path.join(tmpdir(), "paved-repository-"));
  readonly workspace: Workspace;

  /** @param below folder of the repository that the workspace is in */
  constructor(below = "") {
    this.workspace = new Workspace(path.join(this.home, below));
    this.write(
      "stacks/build.mjs",
      `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);${BUILD}`,
    );
    this.write("stacks/main.txt", MAIN);
    this.write("stacks/package.json", '{ "name": "@paved/stacks", "version": "1.0.0" }\n');
    this.write("package.json", '{ "name": "paved", "version": "1.0.0", "private": true, "workspaces": ["stacks"] }\n');
    this.write("cdktf.json", "{}\n");
    this.write(".gitignore", ".paved/\ncdktf.out/\nnode_modules\ndist/\nruns\n");
    this.lock("one");
    mkdirSync(path.join(this.workspace.root, "node_modules"), { recursive: true });
    this.fleet({ "dev-orders": {} });
    this.git("init", "-q", "-b", "main");
    process.env["HOME"] = this.home;
  }

  /**
   * Writes what the fleet synthesizes to.
   * @param index what its index has otherwise
   */
  fleet(roots: Readonly<Record<string, unknown>>, index: object = {}): void {
    this.write("stacks/fleet.json", JSON.stringify({ roots, index }));
  }

  /** Writes a lock file: the packages of two are the same, and yet it is another one. */
  lock(version: string): void {
    const own = { name: "@paved/stacks", version: "1.0.0" };
    const packages = {
      "": { name: "paved", version: "1.0.0", workspaces: ["stacks"], description: version },
      "node_modules/@paved/stacks": { resolved: "stacks", link: true },
      stacks: own,
    };
    this.write("package-lock.json", JSON.stringify({ name: "paved", version: "1.0.0", lockfileVersion: 3, packages }));
  }

  write(file: string, text: string): void {
    const full = path.join(this.workspace.root, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }

  commit(message = "change"): string {
    this.git("add", "--all");
    this.git("commit", "-qm", message, "--allow-empty");
    return this.git("rev-parse", "HEAD").trim();
  }

  git(...words: readonly string[]): string {
    const who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    return execFileSync("git", [...who, ...words], { cwd: this.workspace.root, encoding: "utf8" });
  }

  /** How often synth ran. */
  get runs(): number {
    try {
      return readFileSync(path.join(this.home, "runs"), "utf8").split("\n").length - 1;
    } catch {
      return 0;
    }
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
