import * as fs from "node:fs";
import * as path from "node:path";

/** The workspace. */
export const root = path.join(__dirname, "..");

/** The TypeScript sources of a package, without tests and what it has only as text to render, relative to the workspace. */
export function sources(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/(^|\/)(node_modules|dist|test|real|coverage|templates)\//.test(file))
    .map((file) => path.join(folder, file));
}
