import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runGit } from "./run-git";

/** A file of a commit. */
export interface TreeEntry {
  /** `100644` for a plain file. */
  readonly mode: string;
  readonly id: string;
  readonly path: string;
}

/** Settings that the user may have, and that would run or write something here. */
const QUIET = [
  "core.hooksPath=/dev/null",
  "gc.auto=0",
  "maintenance.auto=false",
  "fetch.writeCommitGraph=false",
  "fetch.recurseSubmodules=false",
  "push.recurseSubmodules=no",
  "push.gpgSign=false",
  "i18n.commitEncoding=utf-8",
].flatMap((setting) => ["-c", setting]);

/** Variables that lead Git to another repository, index or object store, as they are set in a hook. */
const ASTRAY = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_SHALLOW_FILE",
  "GIT_DEFAULT_HASH",
];

/** Who commits: no person does. */
const COMMITTER = { NAME: "Paved", EMAIL: "paved@localhost" };

/** A bare repository in a temporary folder, to make commits in; it is gone when it is removed, or the process ends. */
export class ScratchRepository {
  private readonly home = mkdtempSync(path.join(tmpdir(), "paved-delivery-"));
  private readonly environment: NodeJS.ProcessEnv;
  private readonly onExit = (): void => rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });

  private constructor(private readonly signal: AbortSignal | undefined) {
    process.once("exit", this.onExit);
    const given = Object.entries(process.env).filter(([name]) => !ASTRAY.includes(name));
    const who = (role: string) => Object.entries(COMMITTER).map(([what, text]) => [`GIT_${role}_${what}`, text]);
    this.environment = Object.fromEntries([
      ...given,
      ...who("AUTHOR"),
      ...who("COMMITTER"),
      ["GIT_DIR", path.join(this.home, "repository")],
      ["GIT_INDEX_FILE", path.join(this.home, "index")],
      ["LC_ALL", "C"],
    ]);
  }

  static async create(signal: AbortSignal | undefined): Promise<ScratchRepository> {
    const repository = new ScratchRepository(signal);
    try {
      await repository.git(["init", "--quiet", "--bare", "--template="]);
      return repository;
    } catch (error) {
      repository.remove();
      throw error;
    }
  }

  remove(): void {
    process.off("exit", this.onExit);
    this.onExit();
  }

  /** What Git prints, run in this repository. @throws as `runGit` */
  git(words: readonly string[], input?: string): Promise<string> {
    const { home: directory, environment, signal } = this;
    return runGit([...QUIET, ...words], { directory, environment, signal, input });
  }

  /** Every file of a commit. */
  async entriesOf(commit: string): Promise<readonly TreeEntry[]> {
    const listing = await this.git(["ls-tree", "-r", "-z", commit]);
    return listing
      .split("\0")
      .filter((line) => line !== "")
      .map((line) => {
        const [, mode, id, file] = /^(\d+) \w+ ([0-9a-f]+)\t([^]*)$/.exec(line)!;
        return { mode: mode!, id: id!, path: file! };
      });
  }

  /** Stores texts. @returns an entry each, in the same order */
  async store(files: readonly { readonly path: string; readonly text: string }[]): Promise<readonly TreeEntry[]> {
    const folder = path.join(this.home, "texts");
    mkdirSync(folder, { recursive: true });
    const places = files.map(({ text }, place) => {
      const file = path.join(folder, String(place));
      writeFileSync(file, text);
      return file;
    });
    const ids = (await this.git(["hash-object", "-w", "--no-filters", "--stdin-paths"], lines(places))).split("\n");
    return files.map((file, place) => ({ mode: "100644", id: ids[place]!, path: file.path }));
  }

  /** A commit of exactly these files. @param parent nothing for the first of a branch */
  async commit(entries: readonly TreeEntry[], message: string, parent: string | undefined): Promise<string> {
    const index = entries.map(({ mode, id, path: file }) => `${mode} ${id}\t${file}\0`).join("");
    await this.git(["read-tree", "--empty"]);
    await this.git(["update-index", "-z", "--index-info"], index);
    const tree = (await this.git(["write-tree"])).trim();
    const onto = parent === undefined ? [] : ["-p", parent];
    return (await this.git(["commit-tree", tree, ...onto, "-F", "-"], message)).trim();
  }
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}
