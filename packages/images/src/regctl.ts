import { spawn } from "node:child_process";
import { exitOf } from "@paved/machine";

/** How regctl is called. */
export interface RegctlCall {
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Stops it, and what was begun is not there. @default - nothing does */
  readonly signal?: AbortSignal;
}

/** That a registry did not do what it was asked for, in regctl's words. */
export class RegistryFailure extends Error {
  override readonly name = "RegistryFailure";
}

/**
 * The digest of what a registry has at a reference; nothing where it has nothing there.
 * @throws RegistryFailure when the registry does not answer, or not to us
 * @throws the reason of the signal
 */
export async function digestAt(reference: string, call: RegctlCall): Promise<string | undefined> {
  try {
    return (await regctl(["manifest", "head", reference], call)).trim();
  } catch (error) {
    if (error instanceof RegistryFailure && error.message.includes("[http 404]")) return undefined;
    throw error;
  }
}

/**
 * Copies an image with all its platforms, and what is signed of it: at tags that bear its digest, or as referrers. What
 * stands at `to` comes last, so that where it is, everything is. What the target has already is not sent again.
 * @throws RegistryFailure when a registry does not answer, or not to us
 * @throws the reason of the signal
 */
export async function copyImage(from: string, to: string, call: RegctlCall): Promise<void> {
  await regctl(["image", "copy", "--referrers", "--digest-tags", from, to], call);
}

/**
 * Gives an image of a repository a tag of the same repository. Nothing else is asked for: whoever pushes may not list tags.
 * @throws RegistryFailure when the registry does not answer, or not to us
 * @throws the reason of the signal
 */
export async function tagImage(image: string, tag: string, call: RegctlCall): Promise<void> {
  await regctl(["image", "copy", image, tag], call);
}

async function regctl(words: readonly string[], { program, environment, signal }: RegctlCall): Promise<string> {
  signal?.throwIfAborted();
  const child = spawn(program, ["--verbosity", "error", ...words], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = (): void => void child.kill("SIGTERM");
  process.once("exit", stop);
  signal?.addEventListener("abort", stop, { once: true });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding("utf8").on("data", (text: string) => out.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => err.push(text));
  try {
    const exit = await exitOf(child);
    signal?.throwIfAborted();
    if (exit !== 0) throw new RegistryFailure(reasonIn(err.join("")) ?? `regctl ended with ${exit}`);
    return out.join("");
  } finally {
    process.off("exit", stop);
    signal?.removeEventListener("abort", stop);
  }
}

/** What went wrong, without the request that it went wrong with: the finding says that in its own words. */
function reasonIn(text: string): string | undefined {
  const line = text.trim().split("\n").at(-1) ?? "";
  const reason = line
    .replace(/^failed to request manifest head \S+: (?:request failed: )?/, "")
    .replace(/^\w+ "[^"]*": /, "");
  return reason.replace(/:\s*$/, "") || undefined;
}
