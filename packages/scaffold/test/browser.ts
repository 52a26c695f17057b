import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { alone } from "@paved/machine";
import { installed } from "./generated";

/** What a program has to know to start a browser. */
export interface BrowserAt {
  /** The browser itself. */
  readonly CHROME_PATH: string;
  /** Libraries that it needs and a small system does not have. @default - the system has them */
  readonly LD_LIBRARY_PATH?: string;
}

/**
 * A headless Chromium that is pinned by a lock file and needs neither root nor anything of the system but glibc; elsewhere than on
 * Linux for x64, the browser that CHROME_PATH names.
 */
export async function browserAt(): Promise<BrowserAt> {
  const own = process.env["CHROME_PATH"];
  if (own !== undefined) return { CHROME_PATH: own };
  if (`${process.platform} ${process.arch}` !== "linux x64") {
    throw new Error("there is no pinned browser for this system: CHROME_PATH has to say where a Chrome or Chromium is");
  }
  const room = await installed(path.join(__dirname, "browser"));
  const packed = path.join(room, "node_modules", "@sparticuz", "chromium", "bin");
  const folder = path.join(room, "unpacked");
  await alone(
    `${folder}.lock`,
    () => undefined,
    async () => {
      if (!existsSync(folder)) unpack(packed, folder);
    },
  );
  return { CHROME_PATH: path.join(folder, "chromium"), LD_LIBRARY_PATH: path.join(folder, "lib") };
}

function unpack(packed: string, folder: string): void {
  const fresh = `${folder}.tmp`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  const content = (file: string): Buffer => brotliDecompressSync(readFileSync(path.join(packed, file)));
  writeFileSync(path.join(fresh, "chromium"), content("chromium.br"), { mode: 0o755 });
  const { status, stderr } = spawnSync("tar", ["-x", "-C", fresh], { input: content("al2023.tar.br") });
  if (status !== 0) throw new Error(`tar ended with ${status}: ${String(stderr)}`);
  renameSync(fresh, folder);
}
