import path from "node:path";
import { PavedError } from "@paved/model";
import {
  committedFile,
  lastCommitWith,
  type MergedTemplate,
  type TemplateChange,
  withFolderAt,
  withMergedTemplate,
  type Workspace,
} from "@paved/pipeline";
import {
  type Files,
  LOCK_FILES,
  parseRecord,
  pastScaffold,
  RECORD_FILE,
  recordedAnswers,
  renderRepository,
  renderScaffold,
  type Scaffold,
  scaffoldNamed,
  type ScaffoldRecord,
  SCAFFOLDS,
} from "@paved/scaffold";

/** A service's repository, and the scaffold that it can be brought to. */
export interface Outdated {
  /** The top folder of the repository. */
  readonly directory: string;
  readonly record: ScaffoldRecord;
  readonly scaffold: Scaffold;
}

/**
 * What a service's repository says that it was made from, at its last commit.
 * @throws PavedError PVD4101 when it says nothing, or nothing that can be read; PVD4102 for a scaffold or a version that this
 * platform does not know
 */
export function readOutdated(given: string): Outdated {
  const directory = path.resolve(given);
  const text = committedFile(directory, RECORD_FILE);
  if (text === undefined) {
    const want = `the top folder of a repository whose last commit has ${RECORD_FILE}`;
    const fix = "name another folder; what was made by hand has no scaffold to take anything over from";
    throw new PavedError({ code: "PVD4101", where: directory, got: `no ${RECORD_FILE}`, want, fix });
  }
  const record = parseRecord(text, directory);
  const { goldenPath, version } = record;
  if (!SCAFFOLDS.some(({ name }) => name === goldenPath)) {
    const want = `one of ${SCAFFOLDS.map(({ name }) => name).join(", ")}`;
    throw unknownVersion(directory, goldenPath, want, "look whether this clone is behind: git pull");
  }
  const scaffold = scaffoldNamed(goldenPath);
  if (version > scaffold.version) {
    const want = `at most ${goldenPath}@${scaffold.version}`;
    throw unknownVersion(directory, `${goldenPath}@${version}`, want, "this clone is behind: git pull");
  }
  return { directory, record, scaffold };
}

/**
 * Merges what changed in the scaffold since the repository's version. Nothing of it is in the repository yet.
 * @throws PavedError PVD4102 when the history does not have that version; PVD4005 when today's scaffold asks what the record
 * cannot answer; PVD4003 in a shallow clone
 */
export async function withUpgrade<T>(
  workspace: Workspace,
  outdated: Outdated,
  use: (merged: MergedTemplate) => T | Promise<T>,
): Promise<T> {
  const { directory, record, scaffold } = outdated;
  const answers = recordedAnswers(record, scaffold, directory);
  const next = (await renderScaffold(workspace.templates, scaffold, answers)).repository;
  const change: TemplateChange = {
    base: await asItWas(workspace, outdated),
    next,
    names: { base: `${scaffold.name}@${record.version}`, next: `${scaffold.name}@${scaffold.version}` },
    settled: [RECORD_FILE],
    locks: LOCK_FILES,
  };
  return withMergedTemplate(directory, change, use);
}

/** What the recorded version made of what is recorded: its templates are in the history of this repository. */
async function asItWas(workspace: Workspace, { directory, record }: Outdated): Promise<Files> {
  const { goldenPath, version, values } = record;
  const folder = path.relative(workspace.root, workspace.templates).split(path.sep).join("/");
  const file = `${goldenPath}.yaml`;
  const fits = (text: string): boolean => pastScaffold(text)?.version === version;
  const past = lastCommitWith(workspace, { folder, file, fits });
  if (past === undefined) {
    const want = `a version that the history of ${folder}/${file} has`;
    throw unknownVersion(
      directory,
      `${goldenPath}@${version}`,
      want,
      "work in a clone whose history was not rewritten",
    );
  }
  const layers = pastScaffold(past.text)?.layers ?? [];
  return withFolderAt(workspace, past.commit, folder, (templates) => {
    try {
      return renderRepository(templates, layers, values);
    } catch (error) {
      const got = `what ${goldenPath}@${version} cannot be made of: ${(error as Error).message.split("\n").at(-1)?.trim()}`;
      const fix = `bring back what its history has: git log -- ${RECORD_FILE}`;
      throw new PavedError({
        code: "PVD4101",
        where: `${directory}/${RECORD_FILE}`,
        got,
        want: "all that it was made of",
        fix,
      });
    }
  });
}

function unknownVersion(directory: string, got: string, want: string, fix: string): PavedError {
  return new PavedError({ code: "PVD4102", where: `${directory}/${RECORD_FILE}`, got, want, fix });
}
