import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { BuildFailure, BuildOptions } from "esbuild";
import { type Finding, PavedError } from "@paved/model";
import { writeAtomically } from "../workspace/atomic-write";
import type { Workspace } from "../workspace/workspace";

/** The bundle that synth runs. */
export function synthBundle(workspace: Workspace): string {
  return path.join(workspace.root, "stacks", "dist", "main.js");
}

/**
 * Bundles the fleet's TypeScript into one file that Node starts fast.
 * @throws PavedError PVD2008 with every syntax error or missing import
 */
export async function bundleFleet(workspace: Workspace): Promise<string> {
  const entry = path.join(workspace.root, "stacks", "src", "main.ts");
  if (!existsSync(entry)) throw noEntry(workspace, entry);
  const { build } = await import("esbuild");
  const outfile = synthBundle(workspace);
  const { outputFiles } = await build({
    ...settings(workspace),
    absWorkingDir: workspace.root,
    write: false,
    logLevel: "silent",
  }).catch((failure: unknown) => {
    throw isBuildFailure(failure) ? new PavedError(failure.errors.map(toFinding)) : failure;
  });
  mkdirSync(path.dirname(outfile), { recursive: true });
  for (const file of outputFiles) writeAtomically(file.path, file.contents);
  return outfile;
}

/** The bundler's settings, kept beside the app so that the stock cdktf command bundles the same way. */
function settings(workspace: Workspace): BuildOptions {
  return JSON.parse(readFileSync(path.join(workspace.root, "stacks", "bundle.json"), "utf8")) as BuildOptions;
}

function noEntry(workspace: Workspace, entry: string): PavedError {
  const where = path.relative(workspace.root, entry);
  return new PavedError({
    code: "PVD2008",
    where,
    got: "no such file",
    want: "the program that synthesizes the fleet",
    fix: "run paved inside a Paved workspace, or name one with -C <directory>",
  });
}

function isBuildFailure(value: unknown): value is BuildFailure {
  return value instanceof Error && Array.isArray((value as Partial<BuildFailure>).errors);
}

function toFinding({ text, location }: BuildFailure["errors"][number]): Finding {
  const source = location === null ? undefined : `${location.file}:${location.line}`;
  const where = location?.file ?? "stacks/src/main.ts";
  return { code: "PVD2008", where, source, got: text, want: "TypeScript that compiles", fix: "correct that line" };
}
