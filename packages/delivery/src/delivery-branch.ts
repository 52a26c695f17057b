import { ENVIRONMENT_TRAILER, SOURCE_TRAILER } from "./message";
import { GitFailure } from "./run-git";
import type { ScratchRepository } from "./scratch-repository";

const TIP = "refs/delivery/tip";

/** Commits that are looked through for the last delivery of an environment, before all are. */
const LOOKED_THROUGH = 64;

/** The branch of the delivery repository, as one attempt sees it. */
export class DeliveryBranch {
  constructor(
    private readonly scratch: ScratchRepository,
    private readonly repository: string,
    private readonly branch: string,
  ) {}

  /**
   * The commit that the branch is at, fetched. @returns nothing when the branch does not exist
   * @throws GitFailure when the repository cannot be read
   */
  async fetch(): Promise<string | undefined> {
    if ((await this.standing()) === undefined) return undefined;
    await this.scratch.git(["fetch", "--quiet", "--no-tags", "--depth", "1", ...this.place, `+${this.ref}:${TIP}`]);
    return (await this.scratch.git(["rev-parse", TIP])).trim();
  }

  /** The commit that the last delivery of an environment was rendered from, when its message says one. */
  async lastSource(environment: string): Promise<string | undefined> {
    for (const further of [[], ["--deepen", String(LOOKED_THROUGH)], ["--unshallow"]]) {
      if (further.length > 0) {
        if ((await this.scratch.git(["rev-parse", "--is-shallow-repository"])).trim() !== "true") return undefined;
        await this.scratch.git(["fetch", "--quiet", "--no-tags", ...further, ...this.place, `+${this.ref}:${TIP}`]);
      }
      const last = (await this.deliveries()).find((each) => each.environment === environment);
      if (last !== undefined) return last.source;
    }
    return undefined;
  }

  /**
   * Brings the branch to a commit, when it still is where it was. @returns whether it does; `false` when others were faster
   * @throws GitFailure when the repository refuses it
   */
  async push(commit: string, expected: string | undefined): Promise<boolean> {
    const lease = `--force-with-lease=${this.ref}:${expected ?? ""}`;
    try {
      await this.scratch.git(["push", "--quiet", "--no-verify", lease, ...this.place, `${commit}:${this.ref}`]);
      return true;
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      const now = await this.standing();
      // The push may have arrived, and only its answer been lost.
      if (now === commit) return true;
      if (now !== expected || isContended(error.message)) return false;
      throw error;
    }
  }

  /** Where the branch is now. */
  private async standing(): Promise<string | undefined> {
    const listed = await this.scratch.git(["ls-remote", ...this.place, this.ref]);
    const found = listed.split("\n").map((line) => line.split("\t"));
    return found.find(([, ref]) => ref === this.ref)?.[0];
  }

  private async deliveries(): Promise<readonly { readonly environment: string; readonly source?: string }[]> {
    const trailer = (key: string) => `%(trailers:key=${key},valueonly,separator=%x2C)`;
    const format = `--format=${trailer(ENVIRONMENT_TRAILER)}%x09${trailer(SOURCE_TRAILER)}`;
    const log = await this.scratch.git(["log", "--first-parent", format, TIP]);
    return log.split("\n").map((line) => {
      const [environment = "", source = ""] = line.split("\t");
      return { environment, ...(/^[0-9a-f]{40,64}$/.test(source) && { source }) };
    });
  }

  private get ref(): string {
    return `refs/heads/${this.branch}`;
  }

  /** The repository, which is no option however it begins. */
  private get place(): readonly string[] {
    return ["--", this.repository];
  }
}

/** Two that push at the same moment: the server lets one of them wait for the other, and says no. */
function isContended(said: string): boolean {
  return /failed to (?:update|lock) ref|cannot lock ref|stale info/.test(said);
}
