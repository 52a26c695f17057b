import { type FleetIndex, PavedError, type StackEntry } from "@paved/model";
import { differenceInWords, type TriedImport, tryImport } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { explainSubject } from "../explain/subject";
import { ProgressLines } from "../terminal/progress";
import { quantity } from "../terminal/quantity";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import { placeOf } from "./place";
import { withQuietEngine } from "./run-with-engine";

/** `paved import` */
export const importCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const { mode, workspace } = placeOf(context);
  const [subject, id] = context.arguments as readonly [string, string];
  const fleet = await fleetAtHand(context);
  const { stack, address } = oneAddress(fleet.index, chosenStacks(fleet, options), subject);
  return withQuietEngine(context, workspace, async (shared) => {
    const named = fleet.stacks.find(({ name }) => name === stack)!;
    const listener = new ProgressLines(terminal);
    const given = { ...shared, workspace, mode, stack: named, wanted: { address, id }, listener };
    print(await tryImport({ ...given, progress: terminal.err }), named, context);
    return EXIT_CODES.ok.code;
  });
};

/** @throws PavedError PVD4002 when several of the chosen stacks have the address, or none */
function oneAddress(index: FleetIndex, stacks: readonly StackEntry[], subject: string) {
  const found = explainSubject(index, stacks, subject, "import").flatMap(({ stack, address }) =>
    address === undefined ? [] : [{ stack, address }],
  );
  const [first] = found;
  if (found.length === 1 && first !== undefined) return first;
  const got =
    found.length === 0 ? `${subject}, which is no address` : `${subject} in ${quantity(found.length, "stack")}`;
  const fix =
    first === undefined ? "name an address, see paved explain" : `write for example ${first.stack}:${first.address}`;
  throw new PavedError({ code: "PVD4002", where: "import", got, want: "the address of one resource", fix });
}

const WORDS = {
  nothing: "is as it is declared",
  update: "would be changed",
  replace: "would be DESTROYED and made anew",
};

function print(tried: TriedImport, { environment }: StackEntry, { terminal, options }: CommandContext): void {
  const record = recordFor(tried, environment);
  if (options["json"] === true) return terminal.out(JSON.stringify({ ...tried, record }, null, 2));
  const { stack, address, id, action, attributes } = tried;
  terminal.out(`${id} can come into ${stack} as ${address}, and ${WORDS[action]}`);
  for (const attribute of attributes) terminal.out(`  ${differenceInWords(attribute)}`);
  terminal.out(`Nothing was changed. The next apply takes it up with this in the stack:\n  ${record}`);
}

function recordFor({ address, id }: TriedImport, environment: string): string {
  const ids = `{ ${JSON.stringify(address)}: ${JSON.stringify(id)} }`;
  return `importExisting(service, { ids: ${ids}, environments: ["${environment}"], reason: "…" });`;
}
