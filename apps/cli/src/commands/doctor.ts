import { tmpdir } from "node:os";
import type { CommandRun } from "../command-spec";
import type { CheckResult } from "../doctor/check";
import { checkControlPlanes } from "../doctor/control-plane";
import { checkEventLog } from "../doctor/event-log";
import { checkDisk, checkSandbox, checkSockets } from "../doctor/machine";
import { checkEngine, checkNode, checkProgram } from "../doctor/programs";
import { EXIT_CODES } from "../exit-codes";
import type { Terminal } from "../terminal/terminal";

/** `paved doctor` */
export const doctorCommand: CommandRun = async ({ workspace, terminal, options }) => {
  const searchPath = process.env["PATH"] ?? "";
  const engine = await checkEngine(workspace, searchPath);
  const engineIsThere = engine.some(({ name, status }) => name === "OpenTofu" && status === "ok");
  const checks: readonly CheckResult[] = [
    checkNode(process.version),
    await checkProgram("npm", searchPath, "install it with Node.js: https://nodejs.org"),
    await checkProgram("git", searchPath, "install it: https://git-scm.com/downloads"),
    ...engine,
    checkDisk(workspace.root, engineIsThere),
    await checkSockets(tmpdir()),
    checkSandbox(workspace),
    await checkControlPlanes(workspace),
    checkEventLog(workspace, process.env),
  ];
  const missing = checks.filter(({ status }) => status === "missing");
  if (options["json"] === true) terminal.out(JSON.stringify({ ok: missing.length === 0, checks }, null, 2));
  else printChecks(terminal, checks);
  return missing.length === 0 ? EXIT_CODES.ok.code : EXIT_CODES.failed.code;
};

function printChecks(terminal: Terminal, checks: readonly CheckResult[]): void {
  const missing = checks.filter(({ status }) => status === "missing").map(({ name }) => name);
  terminal.out(missing.length === 0 ? "nothing is missing" : `missing: ${missing.join(", ")}`);
  const { colours } = terminal;
  const paint = { ok: colours.green, warning: colours.yellow, missing: colours.red };
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { name, status, found, fix } of checks) {
    terminal.out(`  ${paint[status](status.padEnd(7))}  ${name.padEnd(width)}  ${found}`);
    if (fix !== undefined) terminal.out(`  ${" ".repeat(7 + width + 4)}-> ${fix}`);
  }
}
