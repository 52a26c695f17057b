import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Finding, PavedError } from "@paved/model";
import { checkAddresses } from "../addresses/check";
import { checkAdoptionRecord } from "../adoption/record";
import { checkDeviations } from "../deviations/check-deviations";
import { git, type GitCall } from "../git/git";
import { checkGuardRails } from "../guard-rails/guard-rails";
import { checkPermissions } from "../permissions/check-permissions";
import { withCheckout } from "../revision/checkout";
import { inputsAt, type SynthInputs } from "../revision/inputs";
import { synthAnd } from "../synth/synth";
import { readFleet } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";
import { commitFiles, committer, readAt } from "./commit";

/** What a new service adds to the platform's repository, before what is derived from it. */
export interface Registration {
  readonly service: string;
  /** Text by path in the workspace: the service file. */
  readonly files: ReadonlyMap<string, string>;
  /** What the commit says. */
  readonly message: string;
}

/** A new service, as it would stand in the platform's repository. */
export interface PreparedRegistration {
  readonly branch: string;
  /** Whether it stands there already, and there is nothing to do. */
  readonly there: boolean;
  /** Every file that it adds or changes, sorted. @default - it stands there already */
  readonly files: readonly string[];
  /** Makes the branch. It is all that anybody sees: until then nothing was changed. */
  readonly publish: () => void;
}

const HERE: GitCall = {
  where: "paved new",
  want: "a repository of Git with a commit",
  fix: "commit what there is, then run it again",
};

/**
 * Finds out what a new service adds to what is committed: the whole fleet is synthesized with it, in a folder of its own,
 * and held against every check. Neither the working tree nor the index of the user is touched.
 * @throws PavedError PVD4006 when a service of that name stands there with another content; PVD4003 without Git; what synth
 * and the checks find in the service
 */
export async function prepareRegistration(
  workspace: Workspace,
  registration: Registration,
  progress: (line: string) => void,
): Promise<PreparedRegistration> {
  const branch = `add-${registration.service}`;
  refuseUncommitted(workspace, registration);
  if (isThere(workspace, registration, branch)) return { branch, there: true, files: [], publish: () => undefined };
  committer(workspace, HERE);
  const head = inputsAt(workspace, "HEAD", HERE.where);
  progress("synthesizing the fleet with the new service");
  const today = git(workspace, ["log", "-1", "--format=%cs"], HERE).trim();
  const options = { where: HERE.where, progress };
  const texts = await withCheckout(workspace, withRecords(workspace, head), options, (checkout) =>
    derive(checkout, registration, today),
  );
  const commit = commitFiles(workspace, { files: texts, message: registration.message, call: HERE });
  // The old value, nothing, has Git refuse it when somebody else made the branch meanwhile.
  const publish = (): void => void git(workspace, ["update-ref", `refs/heads/${branch}`, commit, "0".repeat(40)], HERE);
  return { branch, there: false, files: [...texts.keys()].toSorted(), publish };
}

/** Records are no input of synth, and what they are is needed to say what becomes of them. */
function withRecords(workspace: Workspace, inputs: SynthInputs): SynthInputs {
  const listed = git(workspace, ["ls-tree", "-r", "-z", "HEAD", "--", "environments"], HERE).split("\0");
  const records = listed.flatMap((line) => {
    const [attributes = "", file = ""] = line.split("\t");
    return file === "" ? [] : [[file, attributes.split(" ").at(-1) ?? ""] as const];
  });
  return { ...inputs, files: new Map([...inputs.files, ...records]) };
}

/**
 * Adds the service to a checkout, and gives the text of all that is to be committed.
 * @param today day that expiry is judged by: that of the commit it goes onto, so that the calendar changes nothing
 */
async function derive(
  checkout: Workspace,
  { files }: Registration,
  today: string,
): Promise<ReadonlyMap<string, string>> {
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(checkout.root, file)), { recursive: true });
    writeFileSync(path.join(checkout.root, file), text);
  }
  const fleet = await synthAnd(checkout, readFleet);
  const write = { write: true } as const;
  const checks = [
    checkAddresses(checkout, fleet.index, write),
    checkAdoptionRecord(checkout, fleet.index, write),
    checkPermissions(checkout, fleet, write),
    checkDeviations(checkout, fleet.index, write),
  ];
  const findings = [...checks, checkGuardRails(fleet, { today })].flatMap((check) => check.findings);
  if (findings.length > 0) throw new PavedError(findings);
  const written = checks.flatMap((check) => check.written);
  const texts = written
    .filter((file) => existsSync(path.join(checkout.root, file)))
    .map((file) => [file, readFileSync(path.join(checkout.root, file), "utf8")] as const);
  return new Map([...files, ...texts]);
}

/** A file in the working tree that is in no commit yet is the user's, whatever it says. */
function refuseUncommitted(workspace: Workspace, { files }: Registration): void {
  const other = [...files].filter(([file, text]) => {
    const full = path.join(workspace.root, file);
    return existsSync(full) && readFileSync(full, "utf8") !== text;
  });
  if (other.length > 0) throw new PavedError(other.map(([file]) => taken(file, "a file that says something else")));
}

function isThere(workspace: Workspace, { files }: Registration, branch: string): boolean {
  return ["HEAD", `refs/heads/${branch}`].some((revision) => {
    const found = [...files].map(([file, text]) => ({ file, text, got: readAt(workspace, revision, file, HERE) }));
    const other = found.filter(({ text, got }) => got !== undefined && got !== text);
    const where = revision === "HEAD" ? "" : `${branch}:`;
    if (other.length > 0) {
      throw new PavedError(other.map(({ file }) => taken(`${where}${file}`, "a service that says something else")));
    }
    return found.every(({ got }) => got !== undefined);
  });
}

function taken(where: string, got: string): Finding {
  const want = "nothing there, or the same";
  const fix = "give the new service another name, or change the one that is there by hand";
  return { code: "PVD4006", where, got, want, fix };
}
