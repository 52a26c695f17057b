import type { CommandContext } from "../command-spec";
import type { RequestHappening } from "../events/happening";
import { EXIT_CODES } from "../exit-codes";
import { type Asker, Cancelled } from "./asker";

/** How what was not there before stands: found out, or made. */
export type Standing = "planned" | "made";

/** Something to make or to remove, found out and not done. */
export interface Proposal {
  /** Whether all of it is done already. */
  readonly there: boolean;
  /** Does what is not done. */
  readonly publish: () => void;
  /** What is about to be done, for a person: a title, lines, and the question whether to do it. */
  readonly title: string;
  readonly summary: string;
  readonly question: string;
  /** The command line that does it without asking. */
  readonly sameAgain: string;
  /** What to do next, each a line to copy. */
  readonly next: readonly string[];
  /** What there is to say of it as data, where each part is `there` or else as `otherwise` says. */
  readonly report: (otherwise: Standing) => object;
  /** For the event log. @default - nothing */
  readonly request?: RequestHappening;
}

/**
 * Shows a proposal, has somebody agree, and does it.
 * @param asker nobody when there is nobody to ask, and it was agreed to on the command line
 * @throws Cancelled when somebody does not agree
 */
export async function proceed(
  { terminal, options, happened }: CommandContext,
  asker: Asker | undefined,
  { there, publish, title, summary, question, request, ...proposal }: Proposal,
): Promise<number> {
  const dry = options["dryRun"] === true;
  if (asker !== undefined) asker.show(title, summary);
  if (asker !== undefined && !dry && !there && !(await asker.agree(question))) throw new Cancelled();
  if (!dry && !there) {
    if (request !== undefined) happened?.(request);
    publish();
  }
  const next = dry ? [`npx ${proposal.sameAgain} --yes`] : proposal.next;
  if (options["json"] === true) {
    terminal.out(JSON.stringify({ ...proposal.report(dry ? "planned" : "made"), next }, null, 2));
  } else {
    if (asker === undefined) terminal.out(summary);
    terminal.out([dry ? "nothing was written; to write it:" : "next:", ...next.map((line) => `  ${line}`)].join("\n"));
  }
  return EXIT_CODES.ok.code;
}
