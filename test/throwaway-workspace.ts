import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { RunReport } from "@paved/model";
import { shareInstalled } from "./installed";

const root = path.join(__dirname, "..");
const command = path.join(root, "apps", "cli", "bin", "paved.js");

/** What one `paved` command gave. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A workspace of its own over the sources of this one: what a run writes stays out of the real one. */
export class ThrowawayWorkspace {
  readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), "paved-workspace-"));

  /** What commands see of the caller's environment: variables that would lead a careless engine astray. */
  environment: NodeJS.ProcessEnv = { ...process.env, ...ASTRAY };

  /** Everything that commands run by `paved()` have printed. */
  said = "";

  constructor() {
    for (const name of [
      "cdktf.json",
      "engine",
      "environments",
      "golden-paths",
      "modules",
      "node_modules",
      "packages",
    ]) {
      fs.symlinkSync(path.join(root, name), this.file(name));
    }
    fs.mkdirSync(this.file("stacks"));
    for (const name of ["build.mjs", "package.json", "services", "src"]) {
      fs.cpSync(path.join(root, "stacks", name), this.file("stacks", name), { recursive: true });
    }
    shareInstalled(this.directory);
  }

  /** Gives the workspace a copy of its own of a folder that it shares with the real one. */
  own(folder: string): void {
    fs.rmSync(this.file(folder));
    const filter = (from: string) => path.basename(from) !== "node_modules";
    fs.cpSync(path.join(root, folder), this.file(folder), { recursive: true, filter });
  }

  file(...parts: string[]): string {
    return path.join(this.directory, ...parts);
  }

  /** Runs a command to its end. */
  paved(...words: string[]): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, "-C", this.directory, ...words], {
      encoding: "utf8",
      env: this.environment,
    });
    this.said += stdout + stderr;
    return { code: status, out: stdout, err: stderr };
  }

  /** Starts a command and leaves it running. */
  start(...words: string[]): ChildProcess {
    return spawn(process.execPath, [command, "-C", this.directory, ...words], {
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Every file that commands have written, by its path in the workspace. */
  *written(): Generator<readonly [string, Buffer]> {
    for (const top of ["cdktf.out", ".paved", path.join("stacks", "dist")]) {
      const found = fs.readdirSync(this.file(top), { recursive: true, withFileTypes: true });
      for (const entry of found.filter((each) => each.isFile())) {
        const file = path.join(entry.parentPath, entry.name);
        yield [path.relative(this.directory, file), fs.readFileSync(file)];
      }
    }
  }

  report(): RunReport {
    return JSON.parse(fs.readFileSync(this.file("cdktf.out", "run.json"), "utf8")) as RunReport;
  }

  remove(): void {
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Stands for a secret in the caller's environment; it must turn up nowhere. */
export const CANARY = "canary-7c1d4be09a52";

/** Variables that would lead a careless engine astray, or that hold a secret. */
export const ASTRAY: NodeJS.ProcessEnv = {
  NO_COLOR: "1",
  TF_VAR_region: "nowhere",
  TF_CLI_ARGS: "-no-such-flag",
  AWS_PROFILE: "nobody",
  AWS_ACCESS_KEY_ID: CANARY,
  AWS_SECRET_ACCESS_KEY: CANARY,
  AWS_SESSION_TOKEN: CANARY,
  TF_VAR_password: CANARY,
  TF_ENCRYPTION: `key_provider "pbkdf2" "own" { passphrase = "${CANARY}" }`,
  PAVED_TOKEN: CANARY,
  TF_TOKEN_registry_opentofu_org: CANARY,
  DATABASE_URL: `postgres://app:${CANARY}@db.internal/orders`,
  KUBE_TOKEN: CANARY,
  PAVED_BUNDLE_KEY: CANARY,
};

/** A workspace that is synthesized before the tests of a file, and removed after them. */
export function synthesizedWorkspace(): ThrowawayWorkspace {
  const workspace = new ThrowawayWorkspace();
  beforeAll(() => {
    const { code, err } = workspace.paved("synth");
    if (code !== 0) throw new Error(err);
  }, 60_000);
  afterAll(() => workspace.remove());
  return workspace;
}
