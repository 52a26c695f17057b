import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/**
 * Removes what processes of this machine that are no more left beside an output: directories half written, and former
 * outputs, which are handed to `putBack`. What belongs to a process that runs, or to another machine, is let be.
 */
export function removeLeft(output: string, putBack: (output: string, former: string) => void): void {
  for (const { directory, kind } of leftBeside(output)) {
    if (kind === "old") putBack(output, directory);
    else fs.rmSync(directory, { recursive: true, force: true });
  }
}

interface Left {
  readonly directory: string;
  readonly kind: "new" | "old";
}

function leftBeside(output: string): readonly Left[] {
  const home = path.dirname(output);
  if (!fs.existsSync(home)) return [];
  const start = `${path.basename(output)}.${os.hostname()}.`;
  return fs.readdirSync(home).flatMap((name) => {
    const [, pid, kind] = (name.startsWith(start) ? /^(\d+)\.(new|old)$/.exec(name.slice(start.length)) : null) ?? [];
    if (pid === undefined || (Number(pid) !== process.pid && isRunning(Number(pid)))) return [];
    return [{ directory: path.join(home, name), kind: kind as Left["kind"] }];
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
