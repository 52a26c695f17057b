import { existsSync } from "node:fs";
import path from "node:path";
import { type Finding, PavedError } from "@paved/model";
import type { Workspace } from "../workspace/workspace";
import { runNode } from "./run-node";

/** The bundle that synth runs. */
export function synthBundle(workspace: Workspace): string {
  return path.join(workspace.root, "stacks", "dist", "main.js");
}

/**
 * Bundles the fleet's TypeScript into files that Node starts fast, the way the stock cdktf command does.
 * @throws PavedError PVD2008 with every syntax error or missing import; PVD1020 for a releases file that is no JSON
 */
export async function bundleFleet(workspace: Workspace): Promise<string> {
  const script = path.join(workspace.root, "stacks", "build.mjs");
  if (!existsSync(script)) throw noScript(workspace, script);
  const { code, stdout, stderr } = await runNode(workspace, [script, "--json"]);
  if (code !== 0) throw new PavedError(parseErrors(stdout)?.map(toFinding) ?? [crash(code, stderr)]);
  return synthBundle(workspace);
}

interface BundlerError {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number } | null;
}

function parseErrors(stdout: string): readonly BundlerError[] | undefined {
  try {
    return (JSON.parse(stdout) as { errors: readonly BundlerError[] }).errors;
  } catch {
    return undefined;
  }
}

/** The one file that the bundle reads and no person writes. */
const RELEASES = /^environments\/\w+\/releases\.json$/;

function toFinding({ text, location }: BundlerError): Finding {
  const source = location === null ? undefined : `${location.file}:${location.line}`;
  const where = location?.file ?? "stacks/src/main.ts";
  if (RELEASES.test(where))
    return { code: "PVD1020", where, source, got: text, want: "JSON", fix: "restore it from Git" };
  return { code: "PVD2008", where, source, got: text, want: "TypeScript that compiles", fix: "correct that line" };
}

function crash(code: number | string, stderr: string): Finding {
  const got = `an end with ${code}: ${stderr.trim().split("\n").at(-1) ?? ""}`;
  return { code: "PVD2008", where: "stacks/build.mjs", got, want: "a bundle", fix: "run node stacks/build.mjs" };
}

function noScript(workspace: Workspace, script: string): PavedError {
  const where = path.relative(workspace.root, script);
  return new PavedError({
    code: "PVD2008",
    where,
    got: "no such file",
    want: "the script that bundles the fleet",
    fix: "run paved inside a Paved workspace, or name one with -C <directory>",
  });
}
