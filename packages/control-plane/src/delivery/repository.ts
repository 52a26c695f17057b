import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import type { EnvironmentFolder } from "../site";

/** The branch that is synced. */
export const DELIVERY_BRANCH = "delivery";

/** Where the Git server gives an environment's repository to whoever reads. */
export function repositoryAddress(protocol: "git" | "http", port: number): string {
  return `${protocol}://127.0.0.1:${port}/delivery.git`;
}

/** The repository of an environment, empty at first; what was pushed to it stays. */
export function ensureRepository({ repository }: EnvironmentFolder): void {
  if (existsSync(repository)) return;
  const folder = path.dirname(repository);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fresh = path.join(folder, "fresh");
  rmSync(fresh, { recursive: true, force: true });
  execFileSync("git", ["init", "--quiet", "--bare", `--initial-branch=${DELIVERY_BRANCH}`, fresh], {
    // No template of the user's, nor a hook of theirs.
    env: { PATH: process.env["PATH"], HOME: folder, GIT_CONFIG_NOSYSTEM: "1", GIT_TEMPLATE_DIR: "" },
    stdio: "pipe",
  });
  chmodSync(fresh, 0o700);
  renameSync(fresh, repository);
}
