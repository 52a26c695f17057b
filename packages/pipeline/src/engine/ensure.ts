import { buildPrograms } from "@paved/go";
import { findExecutable } from "@paved/machine";
import { PavedError } from "@paved/model";
import { type Engine, findEngine, type Rejected } from "./find";
import { tofuModule } from "./pinned-tofu";
import { MINIMUM_TOFU } from "./version";
import type { Workspace } from "../workspace/workspace";

/** Receives one line whenever there is something to tell. */
export type Progress = (line: string) => void;

/** What {@link ensureEngine} can be told. */
export interface EnsureOptions {
  /** Where programs are looked for. @default - the PATH of this process */
  readonly searchPath?: string;
  /** Told what goes on while the engine is built. */
  readonly progress: Progress;
}

/**
 * The engine to run: found, or built by Go once.
 * @throws PavedError PVD2001 when there is no OpenTofu and no Go, or when Go cannot build it
 */
export async function ensureEngine(workspace: Workspace, options: EnsureOptions): Promise<Engine> {
  const searchPath = options.searchPath ?? process.env["PATH"] ?? "";
  const { engine, rejected } = await findEngine(workspace, searchPath);
  if (engine !== undefined) return engine;
  for (const binary of rejected) options.progress(`not used: ${describeRejected(binary)}`);
  const go = findExecutable("go", searchPath);
  if (go === undefined) throw missing(rejected);
  const module = tofuModule(workspace);
  await buildPrograms(module, module.programs, { go, progress: options.progress, refuse: cannotBuild });
  const built = await findEngine(workspace, "");
  if (built.engine === undefined) throw missing(rejected);
  return built.engine;
}

/** One line on a binary that is not used. */
export function describeRejected({ binary, version }: Rejected): string {
  return version === undefined
    ? `${binary} does not run as OpenTofu`
    : `${binary} is OpenTofu ${version}, older than ${MINIMUM_TOFU}`;
}

function cannotBuild(got: string): PavedError {
  return new PavedError({
    code: "PVD2001",
    where: "engine/go.mod",
    got,
    want: "an OpenTofu binary",
    fix: "let Go reach its module proxy (GOPROXY), or install OpenTofu 1.11 or newer as tofu on the PATH",
  });
}

function missing(rejected: readonly Rejected[]): PavedError {
  const found = rejected.map(describeRejected).join(", ");
  return new PavedError({
    code: "PVD2001",
    where: "PATH",
    got: found === "" ? "neither tofu nor go" : `no go, and ${found}`,
    want: `OpenTofu ${MINIMUM_TOFU} or newer, or Go to build the pinned one`,
    fix: "install Go 1.22 or newer (https://go.dev/dl) or OpenTofu (https://opentofu.org/docs/intro/install)",
  });
}
