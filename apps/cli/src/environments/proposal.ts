import type { PreparedChange } from "@paved/pipeline";
import type { CommandContext } from "../command-spec";
import type { RequestHappening } from "../events/happening";
import { EXIT_CODES } from "../exit-codes";
import { type Asker, Cancelled } from "../new/asker";

/** A change of the fleet's environments, found out and not made. */
export interface Proposal {
  readonly change: PreparedChange;
  /** What is about to be done, for a person: a title, lines, and the question whether to do it. */
  readonly title: string;
  readonly summary: string;
  readonly question: string;
  /** The command line that does it without asking. */
  readonly sameAgain: string;
  /** What to do next, each a line to copy. */
  readonly next: readonly string[];
  /** What there is to say of it as data. */
  readonly report: object;
  /** For the event log. @default - nothing */
  readonly request?: RequestHappening;
}

/**
 * Shows a proposal, has somebody agree, and makes its branch.
 * @param asker nobody when there is nobody to ask, and it was agreed to on the command line
 * @throws Cancelled when somebody does not agree
 */
export async function proceed(
  { terminal, options, happened }: CommandContext,
  asker: Asker | undefined,
  proposal: Proposal,
): Promise<number> {
  const { change, title, summary, question, request } = proposal;
  const dry = options["dryRun"] === true;
  if (asker !== undefined) asker.show(title, summary);
  if (asker !== undefined && !dry && !change.there && !(await asker.agree(question))) throw new Cancelled();
  if (!dry && !change.there) {
    if (request !== undefined) happened?.(request);
    change.publish();
  }
  const next = dry ? [`npx ${proposal.sameAgain} --yes`] : proposal.next;
  if (options["json"] === true) {
    const status = change.there ? "there" : dry ? "planned" : "made";
    const { branch, files } = change;
    terminal.out(JSON.stringify({ ...proposal.report, status, branch, files, next }, null, 2));
  } else {
    if (asker === undefined) terminal.out(summary);
    terminal.out([dry ? "nothing was written; to write it:" : "next:", ...next.map((line) => `  ${line}`)].join("\n"));
  }
  return EXIT_CODES.ok.code;
}

/** What a change comes to, as a line. */
export function changeInWords({ there, branch, files }: PreparedChange): string {
  return there ? "it is there already" : `branch ${branch}: ${files.length} files`;
}
