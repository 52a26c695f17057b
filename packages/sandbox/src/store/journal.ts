import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { PavedError } from "@paved/model";
import { withLock } from "./lock";

const HEADER = `${JSON.stringify({ format: 1 })}\n`;

/** What a journal tells its reader: every entry once and in order, after a restart from the beginning where one was needed. */
export interface JournalReader {
  /** Forgets all: the journal is read from the beginning. */
  restart(): void;
  /** One entry. @throws when it is not an entry */
  entry(entry: unknown): void;
}

/**
 * Append-only lines of JSON that several processes may read and write at once. A line counts when its newline is
 * there: what a killed writer left behind is ignored and cut off by the next one.
 */
export class Journal {
  private readonly file: string;
  private readonly lock: string;
  private inode = -1;
  private offset = 0;
  private lines = 0;

  /** @throws PavedError PVD3001 when the directory cannot be used */
  constructor(
    directory: string,
    private readonly reader: JournalReader,
  ) {
    this.file = path.join(directory, "journal.jsonl");
    this.lock = path.join(directory, "journal.lock");
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      closeSync(openSync(this.file, "a", 0o600));
    } catch (error) {
      throw this.unreadable(
        error instanceof Error ? error.message : String(error),
        "choose a directory that can be written",
      );
    }
  }

  /** Number of entries read so far, for deciding when to compact. */
  get length(): number {
    return this.lines;
  }

  /** Reads what was added since the last call. @throws PavedError PVD3001 */
  refresh(): void {
    const { ino, size } = statSync(this.file);
    if (ino === this.inode && size === this.offset) return;
    const descriptor = openSync(this.file, "r");
    try {
      this.read(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Runs `work` on an up-to-date journal that nobody else writes; what it returns is appended in one write. */
  append<T>(work: () => { readonly entries: readonly object[]; readonly result: T }): T {
    return withLock(this.lock, () => {
      this.refresh();
      const { entries, result } = work();
      if (entries.length > 0) this.write(entries);
      return result;
    });
  }

  /** Replaces the journal by entries that say the same. */
  compact(entries: () => readonly object[]): void {
    withLock(this.lock, () => {
      this.refresh();
      const next = `${this.file}.${process.pid}.next`;
      writeFileSync(
        next,
        HEADER +
          entries()
            .map((entry) => `${JSON.stringify(entry)}\n`)
            .join(""),
        { mode: 0o600 },
      );
      renameSync(next, this.file);
      this.refresh();
    });
  }

  private write(entries: readonly object[]): void {
    const descriptor = openSync(this.file, "r+");
    try {
      if (fstatSync(descriptor).size > this.offset) ftruncateSync(descriptor, this.offset);
      const text = (this.offset === 0 ? HEADER : "") + entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
      writeSync(descriptor, Buffer.from(text), 0, undefined, this.offset);
      this.read(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  private read(descriptor: number): void {
    const { ino, size } = fstatSync(descriptor);
    if (ino !== this.inode || size < this.offset) {
      this.inode = ino;
      this.offset = 0;
      this.lines = 0;
      this.reader.restart();
    }
    const bytes = Buffer.alloc(size - this.offset);
    const count = readSync(descriptor, bytes, 0, bytes.length, this.offset);
    const end = bytes.subarray(0, count).lastIndexOf("\n") + 1;
    for (const line of bytes.toString("utf8", 0, end).split("\n").slice(0, -1)) this.readLine(line);
    this.offset += end;
  }

  private readLine(line: string): void {
    this.lines += 1;
    try {
      const entry = JSON.parse(line) as unknown;
      if (this.lines === 1) assertHeader(entry);
      else this.reader.entry(entry);
    } catch (error) {
      const line = `line ${this.lines}: ${error instanceof SyntaxError ? "not JSON" : (error as Error).message}`;
      throw this.unreadable(line, "remove the sandbox directory to start with an empty sandbox");
    }
  }

  private unreadable(got: string, fix: string): PavedError {
    return new PavedError({ code: "PVD3001", where: this.file, got, want: "a journal that this version wrote", fix });
  }
}

function assertHeader(entry: unknown): void {
  if ((entry as { format?: unknown } | null)?.format !== 1) throw new Error("not the header of a journal of format 1");
}
