import path from "node:path";
import { type Finding, type FleetIndex, PavedError } from "@paved/model";
import { bundleFleet } from "./bundle";
import { runNode } from "./run-node";
import { readIndex } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";

/**
 * Synthesizes the whole fleet into `cdktf.out`, in a process of its own.
 * @throws PavedError what synth found, or PVD2008 when it crashed
 */
export async function synth(workspace: Workspace): Promise<FleetIndex> {
  const bundle = await bundleFleet(workspace);
  const script = path.relative(workspace.root, bundle);
  const output = path.relative(workspace.root, workspace.output);
  const { code, stdout, stderr } = await runNode(workspace, [
    "--enable-source-maps",
    script,
    "--output",
    output,
    "--json",
  ]);
  if (code !== 0) throw synthError(code, stdout, stderr);
  return readIndex(workspace);
}

/** The findings that synth printed, or one finding with the end of what it wrote when it crashed. */
export function synthError(code: number | string, stdout: string, stderr: string): PavedError {
  const findings = parseFindings(stdout);
  if (findings !== undefined) return new PavedError(findings);
  return new PavedError({
    code: "PVD2008",
    where: "stacks/src/main.ts",
    got: `an end with ${code}: ${firstError(stderr || stdout)}`,
    want: "a fleet that synthesizes",
    fix: "correct the first line of the trace that is under stacks, golden-paths or modules",
  });
}

function parseFindings(stdout: string): Finding[] | undefined {
  try {
    const { errors } = JSON.parse(stdout) as { errors?: (Finding & { title?: string })[] };
    if (errors === undefined || errors.length === 0) return undefined;
    return errors.map(({ title: _title, ...finding }) => finding);
  } catch {
    return undefined;
  }
}

/** The error's message and the frames in the workspace's own sources. */
function firstError(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const message = lines.find((line) => /^\w*(Error|Exception)\b/.test(line)) ?? lines.find((line) => line !== "") ?? "";
  const frames = lines.filter((line) => /^at .*(stacks|golden-paths|modules|environments)\/.*\.ts:\d+/.test(line));
  return [message, ...frames.slice(0, 3)].join(" ");
}
