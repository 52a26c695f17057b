import { git, type GitCall } from "../git/git";
import type { Workspace } from "../workspace/workspace";
import type { ServiceAdoption } from "./adoption";
import { checkChoice, chosenServices, type ServiceChoice } from "./choice";
import { ADOPTION_RECORD, formatRecord, parseRecord } from "./record";

/** What the record said at one commit. */
export interface PastRecord {
  /** The commit's whole hash. */
  readonly commit: string;
  /** Day of the commit, as `YYYY-MM-DD`. */
  readonly date: string;
  /** First line of its message. */
  readonly subject: string;
  /** The chosen services, as the commit left them. */
  readonly services: readonly ServiceAdoption[];
}

/** How the history is read. */
export interface HistoryOptions {
  /** Commits at most. */
  readonly commits: number;
  /** Day to look back to, as `YYYY-MM-DD`: the newest commit before it is the last. @default - the first there is */
  readonly since?: string;
  /** @default - all services */
  readonly choice?: ServiceChoice;
  /** What has to differ for a commit to be told of. @default - anything that the record says of the chosen services */
  readonly changes?: (services: readonly ServiceAdoption[]) => string;
}

/**
 * The record at every commit that changed something of the chosen services, the newest first.
 * @throws PavedError PVD4003 where there is no repository of Git; as `checkChoice` for names that no commit knows
 */
export function recordHistory(workspace: Workspace, options: HistoryOptions): readonly PastRecord[] {
  const { commits, since = "", choice = {}, changes = formatRecord } = options;
  const lines = git(workspace, ["log", "--format=%H%x09%cs%x09%s", "--", ADOPTION_RECORD], REPOSITORY).split("\n");
  const all: ServiceAdoption[] = [];
  const found: PastRecord[] = [];
  let newer: PastRecord | undefined;
  const tell = (older: readonly ServiceAdoption[]): void => {
    if (newer !== undefined && changes(newer.services) !== changes(older)) found.push(newer);
  };
  const isEnough = (): boolean => found.length === commits || (found.at(-1)?.date ?? since) < since;
  for (const line of lines.filter((each) => each !== "")) {
    const [commit = "", date = "", subject = ""] = line.split("\t");
    const everything = recordAt(workspace, commit);
    all.push(...everything);
    const services = chosenServices(everything, choice);
    tell(services);
    newer = { commit, date, subject, services };
    if (isEnough()) break;
  }
  if (!isEnough()) tell([]);
  if (all.length > 0) checkChoice(all, choice);
  return found;
}

function recordAt(workspace: Workspace, commit: string): readonly ServiceAdoption[] {
  const listed = git(workspace, ["ls-tree", "--name-only", commit, "--", ADOPTION_RECORD], REPOSITORY).trim();
  return listed === "" ? [] : parseRecord(git(workspace, ["show", `${commit}:./${ADOPTION_RECORD}`], REPOSITORY));
}

const REPOSITORY: GitCall = {
  where: "--history",
  want: "a repository of Git, which keeps what adoption was",
  fix: "run it in a clone, or without --history",
};
