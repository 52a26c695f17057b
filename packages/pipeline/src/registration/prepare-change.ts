import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Finding, PavedError } from "@paved/model";
import { git, type GitCall, gitEnded } from "../git/git";
import { withCheckout } from "../revision/checkout";
import { inputsAt, type SynthInputs } from "../revision/inputs";
import type { Workspace } from "../workspace/workspace";
import { commitFiles, committer, readAt } from "./commit";
import { derivedFiles } from "./derived-files";

/** What a command adds to the platform's repository or takes from it, before what is derived from that. */
export interface Change {
  /** The command, named in errors: `paved new`. */
  readonly command: string;
  /** What it is about, in words: `the new service`. */
  readonly subject: string;
  readonly branch: string;
  /** What is new, text by path in the workspace: nothing else may be there. @default - nothing is new */
  readonly added?: ReadonlyMap<string, string>;
  /** What is there and comes to say something else, text by path. @default - nothing */
  readonly edited?: ReadonlyMap<string, string>;
  /** Files that go, and folders with all that is in them. @default - nothing goes */
  readonly removed?: readonly string[];
  /** What the commit says. */
  readonly message: string;
}

/** A change, as it would stand in the platform's repository. */
export interface PreparedChange {
  readonly branch: string;
  /** Whether it stands there already, and there is nothing to do. */
  readonly there: boolean;
  /** Every file that it adds, changes or removes, sorted. @default - it stands there already */
  readonly files: readonly string[];
  /** Makes the branch. It is all that anybody sees: until then nothing was changed. */
  readonly publish: () => void;
}

/**
 * Finds out what a change makes of what is committed: the whole fleet is synthesized with it, in a folder of its own, and
 * held against every check. Neither the working tree nor the index of the user is touched.
 * @throws PavedError PVD4006 when something else stands in its place; PVD4003 without Git; what synth and the checks find
 */
export async function prepareChange(
  workspace: Workspace,
  change: Change,
  progress: (line: string) => void,
): Promise<PreparedChange> {
  const { branch, command, subject, message } = change;
  const call = callOf(command);
  refuseUncommitted(workspace, change);
  if (isThere(workspace, change, call)) return { branch, there: true, files: [], publish: () => undefined };
  committer(workspace, call);
  const head = inputsAt(workspace, "HEAD", command);
  progress(`synthesizing the fleet with ${subject}`);
  const today = git(workspace, ["log", "-1", "--format=%cs"], call).trim();
  // Whatever is committed meanwhile, it is one commit that all of it comes from.
  const parent = head.commit!;
  const files = { ...change, removed: committed(workspace, parent, change.removed ?? [], call).map(([file]) => file) };
  const texts = await withCheckout(workspace, withDerived(workspace, head, call), { where: command, progress }, (to) =>
    derivedFiles(to, files, today),
  );
  const commit = commitFiles(workspace, { files: texts, parent, message, call });
  // The old value, nothing, has Git refuse it when somebody else made the branch meanwhile.
  const publish = (): void => void git(workspace, ["update-ref", `refs/heads/${branch}`, commit, "0".repeat(40)], call);
  return { branch, there: false, files: [...texts.keys()].toSorted(), publish };
}

/**
 * What a file says as it was committed last.
 * @param command the command that wants to know, named in errors
 * @returns nothing when it is not there
 * @throws PavedError PVD4003 without a commit
 */
export function committedText(workspace: Workspace, file: string, command: string): string | undefined {
  const call = callOf(command);
  git(workspace, ["rev-parse", "--verify", "--quiet", "HEAD"], call);
  return readAt(workspace, "HEAD", file, call);
}

function callOf(where: string): GitCall {
  return { where, want: "a repository of Git with a commit", fix: "commit what there is, then run it again" };
}

/** Files of a commit below these, with Git's ids of their contents. */
function committed(
  workspace: Workspace,
  revision: string,
  below: readonly string[],
  call: GitCall,
): readonly (readonly [file: string, id: string])[] {
  if (below.length === 0) return [];
  const listed = git(workspace, ["ls-tree", "-r", "-z", revision, "--", ...below], call).split("\0");
  return listed.flatMap((line) => {
    const [attributes = "", file = ""] = line.split("\t");
    return file === "" ? [] : [[file, attributes.split(" ").at(-1) ?? ""] as const];
  });
}

/** What checks write is no input of synth, and what it is is needed to say what becomes of it. */
function withDerived(workspace: Workspace, inputs: SynthInputs, call: GitCall): SynthInputs {
  return {
    ...inputs,
    files: new Map([...inputs.files, ...committed(workspace, inputs.commit!, ["environments", ".github"], call)]),
  };
}

/** A file in the working tree that is in no commit yet is the user's, whatever it says. */
function refuseUncommitted(workspace: Workspace, { added = new Map() }: Change): void {
  const other = [...added].filter(([file, text]) => {
    const full = path.join(workspace.root, file);
    return existsSync(full) && readFileSync(full, "utf8") !== text;
  });
  if (other.length > 0) throw new PavedError(other.map(([file]) => taken(file, "a file that says something else")));
}

function isThere(workspace: Workspace, change: Change, call: GitCall): boolean {
  const { branch, added = new Map<string, string>(), removed = [] } = change;
  const isIn = (revision: string): boolean => {
    const found = [...added].map(([file, text]) => ({ file, text, got: readAt(workspace, revision, file, call) }));
    const other = found.filter(({ text, got }) => got !== undefined && got !== text);
    const where = revision === "HEAD" ? "" : `${branch}:`;
    if (other.length > 0) {
      throw new PavedError(other.map(({ file }) => taken(`${where}${file}`, "something that says something else")));
    }
    return found.every(({ got }) => got !== undefined) && removed.every((each) => !hasAt(workspace, revision, each));
  };
  if (isIn("HEAD")) return true;
  const ref = `refs/heads/${branch}`;
  if (!hasAt(workspace, ref, ".")) return false;
  // A branch that lacks what is to go is one that took it out only if it has all else that there is.
  if (removed.length > 0 && !isOnTop(workspace, ref))
    throw new PavedError(taken(branch, "a branch of something older"));
  return isIn(ref);
}

/** Whether a branch has the last commit before it. */
function isOnTop(workspace: Workspace, ref: string): boolean {
  const call = { where: ref, want: "a repository of Git", fix: "look at what Git says" };
  return gitEnded(workspace, ["merge-base", "--is-ancestor", "HEAD", ref], call).code === 0;
}

/** Whether a revision has a file, or a folder. A revision that is not there has none. */
function hasAt(workspace: Workspace, revision: string, file: string): boolean {
  const call = callOf("git");
  try {
    git(workspace, ["cat-file", "-e", `${revision}:./${file === "." ? "" : file}`], call);
    return true;
  } catch (error) {
    if (error instanceof PavedError) return false;
    throw error;
  }
}

function taken(where: string, got: string): Finding {
  const want = "nothing there, or the same";
  const fix = "give what is new another name, or change what is there by hand";
  return { code: "PVD4006", where, got, want, fix };
}
