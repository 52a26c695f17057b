import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Has work done with an environment in which registries of ECR are signed in to with the credentials of AWS that are there:
 * variables, a profile, a role of the machine. Nothing secret is written down, and a person's own settings of Docker are
 * neither read nor changed; those of regctl (`REGCTL_CONFIG`) hold.
 * @param hosts of the registries
 * @param binaries where the program is that asks ECR
 */
export async function signedIn<T>(
  hosts: readonly string[],
  binaries: string,
  work: (environment: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "paved-registries-"));
  try {
    const credHelpers = Object.fromEntries(hosts.map((host) => [host, "ecr-login"]));
    writeFileSync(path.join(folder, "config.json"), JSON.stringify({ credHelpers }));
    return await work({
      ...process.env,
      PATH: [binaries, process.env["PATH"] ?? ""].join(path.delimiter),
      DOCKER_CONFIG: folder,
      AWS_ECR_DISABLE_CACHE: "true",
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
