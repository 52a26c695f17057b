import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import type { DeliveryAddress, KubernetesObject } from "../src";

/** Manifests by their file. */
export type Manifests = Readonly<Record<string, readonly KubernetesObject[]>>;

/** Who delivers: a clone that writes manifests, commits and pushes them. It is removed after the tests of the file. */
export class WorkingCopy {
  private readonly root = mkdtempSync(path.join(tmpdir(), "paved-delivering-"));

  constructor(private readonly address: () => DeliveryAddress) {
    afterAll(() => rmSync(this.root, { recursive: true, force: true }));
  }

  /** Has the branch say exactly this, in a commit after the last one. @returns its hash */
  deliver(manifests: Manifests): string {
    return this.push(manifests, []);
  }

  /** The same, as the branch's only commit: all that was there before is gone from its history. */
  deliverAnew(manifests: Manifests): string {
    rmSync(path.join(this.root, ".git"), { recursive: true, force: true });
    return this.push(manifests, ["--force"]);
  }

  private push(manifests: Manifests, flags: readonly string[]): string {
    const { folder, branch } = this.address();
    if (!existsSync(path.join(this.root, ".git"))) this.git("init", "--quiet");
    rmSync(path.join(this.root, "gitops"), { recursive: true, force: true });
    for (const [file, objects] of Object.entries(manifests)) {
      const target = path.join(this.root, "gitops", file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, objects.map((object) => stringify(object)).join("---\n"));
    }
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "-m", "deliver");
    this.git("push", "--quiet", ...flags, folder, `HEAD:${branch}`);
    return this.git("rev-parse", "HEAD").trim();
  }

  private git(...words: readonly string[]): string {
    const author = { GIT_AUTHOR_NAME: "t", GIT_AUTHOR_EMAIL: "t@example.com" };
    const committer = { GIT_COMMITTER_NAME: "t", GIT_COMMITTER_EMAIL: "t@example.com" };
    return execFileSync("git", words, {
      cwd: this.root,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: this.root, ...author, ...committer },
    });
  }
}
