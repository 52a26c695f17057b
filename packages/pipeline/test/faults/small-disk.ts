import { execFileSync } from "node:child_process";
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";

/** As much as an apply of the small fleet writes, several times over. */
const SIZE = "16m";

/** Whether this process may mount a disk. */
export const mayMount = process.getuid?.() === 0;

/** A disk in memory that has little room. */
export class SmallDisk {
  private constructor(private readonly directory: string) {}

  /** Mounts it over a directory; what that has is not seen until it is removed. @throws when this process may not */
  static at(directory: string): SmallDisk {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", directory]);
    return new SmallDisk(directory);
  }

  /** Leaves this many bytes, rounded down to whole blocks. */
  fill(left: number): void {
    const { bavail, bsize } = statfsSync(this.directory);
    writeFileSync(this.ballast, Buffer.alloc(Math.max(0, (bavail - Math.ceil(left / bsize)) * bsize)));
  }

  free(): void {
    rmSync(this.ballast, { force: true });
  }

  remove(): void {
    execFileSync("umount", ["--lazy", this.directory]);
  }

  private get ballast(): string {
    return path.join(this.directory, "ballast");
  }
}
