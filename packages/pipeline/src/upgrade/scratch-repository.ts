import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PavedError } from "@paved/model";
import { apartFromHooks, git, type GitCall, type GitEnd, gitEnded } from "../git/git";
import { Workspace } from "../workspace/workspace";

/** A file in a tree of Git. */
export interface TreeEntry {
  readonly mode: string;
  readonly oid: string;
}

/** What a call needs beside its words. */
interface Beside {
  readonly input?: string;
  /** Name of an index of its own. @default - that of the user, which is only read */
  readonly index?: string;
}

/** Commits that nobody ever sees. */
const NOBODY = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((who) => [
    [`GIT_${who}_NAME`, "paved"],
    [`GIT_${who}_EMAIL`, "paved@localhost"],
  ]),
);

/**
 * Git in a repository of somebody else's: it reads what is there, and what it makes lies in a folder of its own until it is
 * kept, as a push lies apart from a repository until it is accepted.
 */
export class ScratchRepository {
  readonly #place: Workspace;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #objects: string;

  /**
   * @param directory the top folder of the repository
   * @param home an empty folder, which whoever made it removes
   */
  constructor(
    readonly directory: string,
    private readonly home: string,
  ) {
    this.#place = new Workspace(directory);
    const outside = { ...callIn(directory), environment: apartFromHooks(process.env) };
    this.#objects = path.resolve(directory, git(this.#place, ["rev-parse", "--git-path", "objects"], outside).trim());
    mkdirSync(path.join(home, "objects"), { recursive: true });
    this.#environment = {
      ...outside.environment,
      GIT_OBJECT_DIRECTORY: path.join(home, "objects"),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: this.#objects,
    };
  }

  /**
   * What Git prints.
   * @throws PavedError PVD4003 when it fails
   */
  git(words: readonly string[], beside: Beside = {}): string {
    return git(this.#place, words, this.#call(beside));
  }

  /** As {@link git}, for a call whose exit code is an answer. */
  ended(words: readonly string[], beside: Beside = {}): GitEnd {
    return gitEnded(this.#place, words, this.#call(beside));
  }

  /** A tree with these files, none of which is executable. */
  treeOf(files: ReadonlyMap<string, string>, name: string): string {
    const places = [...files].map(([file, text]) => {
      const place = path.join(this.home, name, file);
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, text);
      return place;
    });
    const words = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
    const oids = this.git(words, { input: `${places.join("\n")}\n` })
      .trim()
      .split("\n");
    return this.changedTree(
      undefined,
      [...files.keys()].map((file, index) => [file, { mode: "100644", oid: oids[index]! }]),
    );
  }

  /**
   * A tree with other files at some paths.
   * @param tree the one before the change. @default - an empty one
   * @param changes by path, with slashes; nothing removes the file
   */
  changedTree(tree: string | undefined, changes: readonly (readonly [string, TreeEntry | undefined])[]): string {
    const index = "changed";
    this.git(["read-tree", tree ?? "--empty"], { index });
    // Git reads a mode of nought as a removal, whatever the hash, which has to be as long as others.
    const nothing = "0".repeat(tree?.length ?? 40);
    const lines = changes.map(([file, entry]) => `${entry?.mode ?? "0"} ${entry?.oid ?? nothing}\t${file}\0`);
    this.git(["update-index", "-z", "--index-info"], { index, input: lines.join("") });
    return this.git(["write-tree"], { index }).trim();
  }

  /** Some files of a tree, by path; what it does not have is left out. */
  entries(tree: string, files: readonly string[]): ReadonlyMap<string, TreeEntry> {
    if (files.length === 0) return new Map();
    const listed = this.git(["--literal-pathspecs", "ls-tree", "-r", "-z", tree, "--", ...files]).split("\0");
    return new Map(
      listed.filter(Boolean).map((line) => {
        const [attributes = "", file = ""] = line.split("\t");
        const [mode = "", , oid = ""] = attributes.split(" ");
        return [file, { mode, oid }];
      }),
    );
  }

  /** A commit for Git to find its way between trees; it is never kept. */
  commitOf(tree: string, parent?: string): string {
    const words = ["commit-tree", tree, ...(parent === undefined ? [] : ["-p", parent]), "-m", "paved"];
    return git(this.#place, words, {
      ...this.#call({}),
      environment: { ...this.#environment, ...NOBODY },
    }).trim();
  }

  /** Files as Git keeps them, written to `folder` by name. */
  writeFiles(folder: string, files: ReadonlyMap<string, TreeEntry>): void {
    const index = "written";
    this.git(["read-tree", "--empty"], { index });
    const lines = [...files].map(([name, { oid }]) => `100644 ${oid}\t${name}\0`);
    this.git(["update-index", "-z", "--index-info"], { index, input: lines.join("") });
    this.git(["-c", "core.autocrlf=false", "checkout-index", "--all", `--prefix=${folder}/`], { index });
  }

  /** Brings what was made into the repository, each object whole or not at all. Nothing leads to it yet. */
  keep(): void {
    const made = path.join(this.home, "objects");
    for (const entry of readdirSync(made, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const folder = path.join(this.#objects, path.relative(made, entry.parentPath));
      const object = path.join(folder, entry.name);
      if (existsSync(object)) continue;
      mkdirSync(folder, { recursive: true });
      const unfinished = path.join(folder, `tmp_obj_${process.pid}`);
      try {
        copyFileSync(path.join(entry.parentPath, entry.name), unfinished);
        renameSync(unfinished, object);
      } catch (error) {
        rmSync(unfinished, { force: true });
        throw error;
      }
    }
  }

  /** @throws PavedError PVD4003, in the words of what Git said */
  refuse({ said }: GitEnd): never {
    const { where, want, fix } = callIn(this.directory);
    throw new PavedError({ code: "PVD4003", where, got: said, want, fix });
  }

  #call({ input, index }: Beside): GitCall {
    return {
      ...callIn(this.directory),
      ...(input !== undefined && { input }),
      environment: {
        ...this.#environment,
        ...(index !== undefined && { GIT_INDEX_FILE: path.join(this.home, `${index}.index`) }),
      },
    };
  }
}

function callIn(where: string): GitCall {
  return { where, want: "a repository of Git 2.38 or newer", fix: "look at what Git says" };
}
