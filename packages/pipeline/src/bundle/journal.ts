import { existsSync, readFileSync } from "node:fs";
import { writeAtomically } from "@paved/machine";
import { PavedError, type StateVersion } from "@paved/model";
import { type Bundle, damaged } from "./bundle-directory";

/** How far one stack has come. */
export interface Progress {
  /** `begun` and no more: it was applied in part, or not at all. */
  readonly status: "begun" | "applied";
  /** The state as the apply left it. @default - it never came back to say */
  readonly state?: StateVersion;
}

interface JournalFile {
  /** SHA-256 of the evidence it is of. */
  readonly evidence: string;
  readonly stacks: Readonly<Record<string, Progress>>;
}

/** What was applied of a bundle, written down before and after each stack, so that the same command goes on from there. */
export class Journal {
  private constructor(
    private readonly bundle: Bundle,
    private stacks: Readonly<Record<string, Progress>>,
  ) {}

  /** @throws PavedError PVD5002 when it cannot be read, or is that of another bundle */
  static of(bundle: Bundle): Journal {
    const file = bundle.directory.journal;
    if (!existsSync(file)) return new Journal(bundle, {});
    const written = parse(readFileSync(file, "utf8"));
    if (written?.evidence === bundle.hash) return new Journal(bundle, written.stacks);
    const got = written === undefined ? "something else" : "the journal of another bundle";
    throw new PavedError(damaged(bundle.directory.named(file), got, "how far this bundle was applied"));
  }

  /** @returns nothing when its apply was never begun */
  progress(stack: string): Progress | undefined {
    return Object.hasOwn(this.stacks, stack) ? this.stacks[stack] : undefined;
  }

  /** Stacks whose apply was begun, and has not come to its end. */
  get begun(): readonly string[] {
    return Object.keys(this.stacks).filter((stack) => this.stacks[stack]!.status === "begun");
  }

  note(stack: string, progress: Progress): void {
    this.stacks = { ...this.stacks, [stack]: progress };
    const file: JournalFile = { evidence: this.bundle.hash, stacks: this.stacks };
    writeAtomically(this.bundle.directory.journal, `${JSON.stringify(file, null, 2)}\n`);
  }
}

function parse(text: string): JournalFile | undefined {
  try {
    const value = JSON.parse(text) as JournalFile;
    return typeof value.stacks === "object" && value.stacks !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
