import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Finding } from "@paved/model";
import { ENVIRONMENT_NAMES } from "@paved/model";
import { DAY } from "../day";
import type { Edit, Stage } from "./edit";
import { type Found, WarmCheck } from "./warm-check";

const root = path.join(__dirname, "..", "..");
const compiler = path.join(root, "node_modules", "typescript", "lib", "tsc.js");
const command = path.join(root, "apps", "cli", "bin", "paved.js");
const bundle = path.join(root, "apps", "cli", "dist", "main.js");

/** Services that have every golden path and every capability between them: a round over these is a short one. */
const SERVICES = [
  "catalog",
  "fulfilment",
  "ledger",
  "notifications",
  "orders",
  "payments",
  "pricing",
  "sessions",
  "settlement",
  "storefront",
] as const;

const COPIED = ["environments", "golden-paths", "modules", "stacks", "packages/model", "packages/policy"];

/** What caught an edit. */
export interface Caught {
  readonly stage: Stage;
  /** Codes of errors, and ids of rules. */
  readonly by: readonly string[];
}

/** A workspace with its own copy of every source that synth reads, in which edits can be tried. */
export class MutantWorkspace {
  readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), "paved-mutants-"));
  readonly warm = new WarmCheck(this.directory, bundle, DAY);

  constructor() {
    for (const folder of COPIED) {
      const filter = (from: string) =>
        !["node_modules", "dist", "coverage", ".turbo", "test"].includes(path.basename(from));
      fs.cpSync(path.join(root, folder), this.file(folder), { recursive: true, filter });
      const own = path.join(root, folder, "node_modules");
      if (fs.existsSync(own)) fs.symlinkSync(own, this.file(folder, "node_modules"));
    }
    for (const file of ["cdktf.json", "tsconfig.base.json", "package.json"]) {
      if (fs.existsSync(path.join(root, file))) fs.copyFileSync(path.join(root, file), this.file(file));
    }
    this.link();
    fs.mkdirSync(this.file(".paved"));
    for (const shared of ["engine", path.join(".paved", "bin")]) {
      fs.symlinkSync(path.join(root, shared), this.file(shared));
    }
    const services = this.file("stacks", "services");
    for (const file of fs.readdirSync(services)) {
      if (!SERVICES.some((name) => file === `${name}.ts`)) fs.rmSync(path.join(services, file));
    }
    this.leaveOutReleases();
    this.leaveOutEnvironments();
    this.leaveOutLocks();
  }

  /** Locks of services that were left out, and of the keys of their states, would be of what is gone without a record. */
  private leaveOutLocks(): void {
    const locks = this.file("environments", "production", "addresses");
    const stacks = ["access", "network", "cluster", "platform", ...SERVICES];
    for (const file of fs.readdirSync(locks)) {
      const kept = ["state", ...stacks].some((name) => file === `${name}.txt`);
      if (!kept) fs.rmSync(path.join(locks, file));
    }
    const keys = path.join(locks, "state.txt");
    const lines = fs.readFileSync(keys, "utf8").split("\n");
    const own = lines.filter((line) => line === "" || stacks.some((name) => line.includes(`.keys_${name}_`)));
    fs.writeFileSync(keys, own.join("\n"));
  }

  /** All environments but one: production has all that the others have, and asks for more. */
  private leaveOutEnvironments(): void {
    const file = this.file("environments", "src", "index.ts");
    const text = fs.readFileSync(file, "utf8");
    const left = text.replace("ENVIRONMENT_NAMES.map(", '(["production"] as const).map(');
    if (left === text) throw new Error("environments are loaded in another way");
    fs.writeFileSync(file, left);
    for (const name of ENVIRONMENT_NAMES.filter((each) => each !== "production")) {
      fs.rmSync(this.file("environments", name, "addresses"), { recursive: true });
    }
  }

  /** Releases of services that were left out would be releases of none. */
  private leaveOutReleases(): void {
    const file = this.file("environments", "production", "releases.json");
    const releases = Object.entries(JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, string>);
    const kept = releases.filter(([service]) => SERVICES.some((name) => name === service));
    fs.writeFileSync(file, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
  }

  /** Packages of others from this workspace, and of ours the copies. */
  private link(): void {
    const packages = path.join(root, "node_modules");
    fs.mkdirSync(this.file("node_modules", "@paved"), { recursive: true });
    for (const name of fs.readdirSync(packages).filter((each) => each !== "@paved")) {
      fs.symlinkSync(path.join(packages, name), this.file("node_modules", name));
    }
    for (const folder of COPIED) {
      fs.symlinkSync(this.file(folder), this.file("node_modules", "@paved", path.basename(folder)));
    }
  }

  file(...parts: string[]): string {
    return path.join(this.directory, ...parts);
  }

  /** What catches an edit at the stage that is to catch it: compiling is tried only for what the compiler is to catch. */
  async judge(edit: Edit): Promise<Caught | undefined> {
    return this.trying(edit, async () => {
      if (edit.caught === "type") return this.compile();
      const found = await this.checkWarm();
      return found === undefined && edit.caught === "plan" ? this.rehearse() : found;
    });
  }

  /** With an edit made; the file is as it was afterwards. Nothing catches an edit whose text its file has not exactly once. */
  async trying<T>({ file, from, to }: Edit, check: () => Promise<T>): Promise<T | undefined> {
    const text = fs.readFileSync(this.file(file), "utf8");
    if (text.split(from).length !== 2) return undefined;
    fs.writeFileSync(
      this.file(file),
      text.replace(from, () => to),
    );
    try {
      return await check();
    } finally {
      fs.writeFileSync(this.file(file), text);
    }
  }

  /** What the compiler says of the stacks, and of all that they use; names that are left unused are no matter. */
  async compile(): Promise<Caught | undefined> {
    const words = ["--noEmit", "--noUnusedLocals", "false", "--project", this.file("stacks", "tsconfig.json")];
    const { stdout } = await node([compiler, ...words]);
    const codes = [...stdout.matchAll(/error (TS\d+)/g)].map(([, code]) => code as string);
    return codes.length === 0 ? undefined : { stage: "type", by: [...new Set(codes)] };
  }

  /** What `paved check` says of the workspace as it is. */
  async check(...words: string[]): Promise<Caught | undefined> {
    const { stdout, stderr } = await node([command, "-C", this.directory, "check", "--json", "--today", DAY, ...words]);
    const start = stdout.indexOf("{");
    if (start === -1) throw new Error(`paved check said nothing: ${stderr}`);
    return caughtBy((JSON.parse(stdout.slice(start)) as { errors: readonly Finding[] }).errors);
  }

  /** The same in a process that stays; whatever that cannot say, the command does. */
  async checkWarm(): Promise<Caught | undefined> {
    const findings = await this.warm.findings();
    return findings === undefined ? this.check() : caughtBy(findings);
  }

  /** Every file that synth wrote last. */
  synthesized(): ReadonlyMap<string, string> {
    const output = this.file("cdktf.out");
    const entries = fs.readdirSync(output, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const files = entries.map(({ parentPath, name }) => path.join(parentPath, name)).toSorted();
    return new Map(files.map((file) => [path.relative(output, file), fs.readFileSync(file, "utf8")]));
  }

  /** What the real engine says of the network, the cluster and the platform, and of one service on them, from nothing. */
  async rehearse(): Promise<Caught | undefined> {
    fs.rmSync(this.file(".paved", "sandbox"), { recursive: true, force: true });
    const words = ["rehearse", "--json", "--no-synth", "--env", "production", "--service", "orders"];
    const { stdout } = await node([command, "-C", this.directory, ...words]);
    const { stacks } = JSON.parse(stdout) as { stacks: readonly { findings: readonly Finding[] }[] };
    const codes = stacks.flatMap(({ findings }) => findings.map(({ code }) => code));
    return codes.length === 0 ? undefined : { stage: "plan", by: [...new Set(codes)] };
  }

  remove(): void {
    this.warm.end();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

function caughtBy(errors: readonly Found[]): Caught | undefined {
  if (errors.length === 0) return undefined;
  const rules = errors.flatMap(({ got }) => /\(([A-Z0-9-]+-\d{3}), /.exec(got)?.[1] ?? []);
  const stage = errors.some(({ code }) => code.startsWith("PVD1") || code === "PVD2008") ? "synth" : "policy";
  return { stage, by: [...new Set([...errors.map(({ code }) => code), ...rules])] };
}

function node(words: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const options = { env: { ...process.env, NO_COLOR: "1" }, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, words, options, (_, stdout, stderr) => resolve({ stdout, stderr }));
  });
}
