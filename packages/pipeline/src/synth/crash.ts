import { PavedError } from "@paved/model";

/** PVD2008 for a synth that ended without having said what is wrong, with the message of what it printed last. */
export function crash(code: number | string, stderr: string): PavedError {
  const said = messageIn(stderr);
  return new PavedError({
    code: "PVD2008",
    where: "stacks/src/main.ts",
    got: `an end with ${code} before all was written${said === "" ? "" : `: ${said}`}`,
    want: "a fleet that synthesizes",
    fix:
      code === 0
        ? "let no file end the process"
        : "correct the first line of the trace that is under stacks, golden-paths or modules",
  });
}

/** The error's message, whole, and the frames in the workspace's own sources. */
function messageIn(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const start = Math.max(
    lines.findIndex((line) => /^(Uncaught )?\w*(Error|Exception)\b/.test(line)),
    0,
  );
  const rest = lines.slice(start);
  const trace = rest.findIndex((line) => line.startsWith("at "));
  const message = (trace === -1 ? rest : rest.slice(0, trace)).filter((line) => line !== "");
  const frames = rest.filter((line) => /^at .*(stacks|golden-paths|modules|environments)\/.*\.ts:\d+/.test(line));
  return [...message, ...frames.slice(0, 3)].join(" ");
}
