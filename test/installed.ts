import * as fs from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..");

/** Gives a workspace what this one has installed once: the engine, the judges, and what stands for S3. */
export function shareInstalled(directory: string): void {
  fs.mkdirSync(path.join(directory, ".paved"), { recursive: true });
  for (const installed of ["bin", "judges", "state-server"]) {
    const shared = path.join(root, ".paved", installed);
    fs.mkdirSync(shared, { recursive: true });
    fs.symlinkSync(shared, path.join(directory, ".paved", installed));
  }
}
