import { execFileSync } from "node:child_process";
import { findExecutable } from "@paved/machine";
import { PavedError } from "@paved/model";

/** A program that Git has with it, and the version of that Git, in its own words. */
export interface OfGit {
  readonly binary: string;
  readonly version: string;
}

/**
 * A program that Git keeps among its own, where no PATH leads.
 * @param want what it is for, in the words of the finding
 * @throws PavedError PVD9001 where there is no Git, or one without it
 */
export function programOfGit(name: string, searchPath: string, want: string): OfGit {
  const git = findExecutable("git", searchPath);
  const binary = git && findExecutable(name, said(git, "--exec-path"));
  if (binary !== undefined) return { binary, version: said(git!, "--version") };
  throw new PavedError({
    code: "PVD9001",
    where: "PATH",
    got: git === undefined ? "no git" : `a git without ${name}`,
    want,
    fix: "install Git (https://git-scm.com)",
  });
}

/** What a program says when it is asked with one option. */
export function said(program: string, option: string): string {
  return execFileSync(program, [option], { encoding: "utf8", env: { PATH: process.env["PATH"] } }).trim();
}
