import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The oldest OpenTofu that Paved runs on. */
export const MINIMUM_TOFU = "1.11.0";

/** The version a binary reports, or undefined when it does not run or is not OpenTofu. */
export async function tofuVersion(binary: string): Promise<string | undefined> {
  try {
    // TF_CLI_CONFIG_FILE=/dev/null: a broken user configuration must not hide a good binary.
    const env = {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      TF_CLI_CONFIG_FILE: "/dev/null",
      CHECKPOINT_DISABLE: "1",
    };
    const { stdout } = await run(binary, ["version"], { env, timeout: 20_000 });
    return /^OpenTofu v(\S+)/m.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

/** Whether `version` is at least `minimum`; a pre-release counts as older than its release. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [release = "", preRelease] = version.split("-", 2);
  const mine = release.split(".").map(Number);
  const least = minimum.split(".").map(Number);
  for (const [index, wanted] of least.entries()) {
    const have = mine[index] ?? 0;
    if (have !== wanted) return have > wanted;
  }
  return preRelease === undefined;
}
