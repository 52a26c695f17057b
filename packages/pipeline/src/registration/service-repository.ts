import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Finding, PavedError } from "@paved/model";
import { apartFromHooks, git, type GitCall } from "../git/git";
import { Workspace } from "../workspace/workspace";
import { committer } from "./commit";

/** A repository to be made. */
export interface ServiceRepository {
  readonly directory: string;
  /** Text by path. */
  readonly files: ReadonlyMap<string, string>;
  /** What its first commit says. */
  readonly message: string;
}

/** A repository, as it would stand in its place. */
export interface PreparedRepository {
  /** Whether it stands there already, and there is nothing to do. */
  readonly there: boolean;
  /** Writes it, whole or not at all. */
  readonly publish: () => void;
}

/** How many files that differ are told of. */
const TOLD = 5;

/**
 * Looks whether a repository can be written: nothing may be in its place, or the same. More files than those, and later
 * commits, count as the same.
 * @throws PavedError PVD4006 when something else is there; PVD4003 without Git
 */
export function prepareRepository(repository: ServiceRepository, platform: Workspace): PreparedRepository {
  const { directory, files } = repository;
  if (isThere(directory)) {
    const other = [...files].filter(([file, text]) => read(path.join(directory, file)) !== text);
    if (other.length > 0) throw new PavedError(other.slice(0, TOLD).map(([file]) => taken(directory, file)));
    return { there: true, publish: () => undefined };
  }
  committer(platform, CALL);
  return { there: false, publish: () => write(repository) };
}

const CALL: GitCall = {
  where: "--into",
  want: "a repository with a first commit",
  fix: "install Git 2.28 or newer, and look at what it says",
};

function isThere(directory: string): boolean {
  if (!existsSync(directory)) return false;
  if (!statSync(directory).isDirectory()) throw new PavedError(taken(directory, ""));
  return readdirSync(directory).length > 0;
}

function read(file: string): string | undefined {
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file, "utf8") : undefined;
}

function taken(directory: string, file: string): Finding {
  return {
    code: "PVD4006",
    where: path.join(directory, file),
    got:
      file === ""
        ? "a file"
        : file === "."
          ? "a folder that was not there before"
          : "a folder in which this file is another, or missing",
    want: "nothing there, or the same repository",
    fix: "say another place with --into, or move what is there away",
  };
}

/** Written beside its place and moved there when it is whole. */
function write({ directory, files, message }: ServiceRepository): void {
  const fresh = new Workspace(path.join(path.dirname(directory), `.${path.basename(directory)}.${process.pid}.tmp`));
  try {
    for (const [file, text] of files) {
      mkdirSync(path.dirname(path.join(fresh.root, file)), { recursive: true });
      writeFileSync(path.join(fresh.root, file), text);
    }
    git(fresh, ["init", "--quiet", "--initial-branch", "main"], alone());
    git(fresh, ["add", "--all", "--force"], alone());
    git(fresh, ["commit", "--quiet", "--file", "-"], { ...alone(), input: message });
    renameSync(fresh.root, directory);
  } catch (error) {
    rmSync(fresh.root, { recursive: true, force: true });
    // Somebody else was quicker: what stands there now is theirs.
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOTEMPTY", "EEXIST", "ENOTDIR"].includes(code)) throw new PavedError(taken(directory, "."));
    throw error;
  }
}

function alone(): GitCall {
  return { ...CALL, environment: apartFromHooks(process.env) };
}
