import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DeliveryOptions, RenderedFile } from "../src";

/** A rendering in short: text by `<unit>/<name>`. */
export type Rendering = Readonly<Record<string, string>>;

/** A delivery repository, with a folder for temporary files of its own; both are gone when it is removed. */
export class DeliveryPlace {
  readonly home = mkdtempSync(path.join(tmpdir(), "paved-delivery-test-"));
  readonly repository = path.join(this.home, "delivery.git");
  /** Where whatever is delivered from here has its temporary files. */
  readonly temporary = path.join(this.home, "tmp");

  constructor() {
    mkdirSync(this.temporary);
    process.env["TMPDIR"] = this.temporary;
    git(this.home, "init", "--quiet", "--bare", this.repository);
  }

  options(environment: string, rendering: Rendering, more: Partial<DeliveryOptions> = {}): DeliveryOptions {
    return { environment, files: filesOf(environment, rendering), repository: this.repository, ...more };
  }

  /** What the branch has: text by path. */
  get tree(): Rendering {
    const paths = this.git("ls-tree", "-r", "--name-only", "delivery").split("\n");
    return Object.fromEntries(paths.map((file) => [file, this.git("cat-file", "blob", `delivery:${file}`)]));
  }

  /** Messages of the branch's commits, the newest first. */
  get messages(): readonly string[] {
    return this.git("log", "--format=%B%x00", "delivery")
      .split("\0")
      .map((message) => message.trim())
      .filter((message) => message !== "");
  }

  get tip(): string {
    return this.git("rev-parse", "delivery");
  }

  /** Temporary files that are left. */
  get left(): readonly string[] {
    return readdirSync(this.temporary);
  }

  /** Runs a script in the delivery repository before each push is taken. */
  beforePush(script: string): void {
    const hook = path.join(this.repository, "hooks", "pre-receive");
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\n${script}\n`);
    chmodSync(hook, 0o755);
  }

  git(...words: readonly string[]): string {
    return git(this.repository, ...words);
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Gives each test of a file a place of its own, and fails one that leaves temporary files behind. */
export function eachInItsOwn(given: (place: DeliveryPlace) => void): void {
  let place: DeliveryPlace;
  beforeEach(() => given((place = new DeliveryPlace())));
  afterEach(() => {
    const { left } = place;
    place.remove();
    if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
  });
}

/** A repository of sources with one commit. */
export class Sources {
  constructor(readonly directory: string) {
    mkdirSync(directory);
    git(directory, "init", "--quiet", "--initial-branch", "main");
    this.commit("first");
  }

  commit(message: string): string {
    writeFileSync(path.join(this.directory, "file"), message);
    git(this.directory, "add", "--all");
    git(this.directory, "commit", "--quiet", "--message", message);
    return git(this.directory, "rev-parse", "HEAD");
  }

  git(...words: readonly string[]): string {
    return git(this.directory, ...words);
  }
}

export function git(directory: string, ...words: readonly string[]): string {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
  return execFileSync("git", [...who, ...words], { cwd: directory, encoding: "utf8", stdio: "pipe" }).trim();
}

function filesOf(environment: string, rendering: Rendering): readonly RenderedFile[] {
  return Object.entries(rendering).map(([file, text]) => {
    const [unit = "", name = ""] = file.split("/");
    return { environment, unit, name, text };
  });
}
