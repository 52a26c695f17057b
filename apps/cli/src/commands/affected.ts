import { PavedError } from "@paved/model";
import { type AffectedStack, affectedStacks, compareRevisions, type Comparison, select } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import { selectionOf } from "./fleet-at-hand";

/** `paved affected` */
export const affectedCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const comparison = await comparisonOf(context);
  const stacks = chosenOf(comparison, affectedStacks(comparison), context);
  if (options["json"] === true) {
    const { changedFiles } = comparison;
    terminal.out(JSON.stringify({ base: options["base"], head: options["head"], changedFiles, stacks }, null, 2));
    return EXIT_CODES.ok.code;
  }
  const planned = stacks.filter(({ plan }) => plan).length;
  const all = comparison.after.index.stacks.length;
  terminal.out(
    stacks.length === 0
      ? `no stack of ${all} is affected`
      : `${quantity(stacks.length, "stack")} of ${all} affected: ${planned} to plan, ${stacks.length - planned} only delivered anew`,
  );
  if (stacks.length > 0) terminal.out(drawTable(terminal, HEADS, stacks.map(row)));
  return EXIT_CODES.ok.code;
};

/** The two revisions that `--base` and `--head` name, synthesized. */
export function comparisonOf({ workspace, options, terminal }: CommandContext): Promise<Comparison> {
  const text = (name: string) => (typeof options[name] === "string" ? options[name] : undefined);
  return compareRevisions(workspace, {
    base: text("base") ?? "HEAD",
    head: text("head"),
    cache: options["cache"] !== false,
    progress: terminal.err,
  });
}

/** Those of the stacks that `--env` and `--service` choose; names may be of either revision. */
export function chosenOf<S extends { readonly name: string }>(
  { before, after }: Pick<Comparison, "before" | "after">,
  stacks: readonly S[],
  { options }: Pick<CommandContext, "options">,
): readonly S[] {
  const selection = selectionOf(options);
  const chosen = new Set<string>();
  const errors: unknown[] = [];
  for (const { index } of [before, after]) {
    try {
      for (const { name } of select(index, index.stacks, selection)) chosen.add(name);
    } catch (error) {
      if (!(error instanceof PavedError)) throw error;
      errors.push(error);
    }
  }
  if (errors.length === 2) throw errors[1];
  return stacks.filter(({ name }) => chosen.has(name));
}

const HEADS = ["stack", "change", "plan", "resources", "manifests", "because", "dependents"].map((head) => ({ head }));

function row({ name, change, plan, addresses, manifests, because, dependents }: AffectedStack): string[] {
  return [
    name,
    change,
    plan ? "yes" : "no",
    String(addresses.length),
    String(manifests.length),
    short(because),
    dependents.length === 0 ? "-" : short(dependents),
  ];
}

/** The first, and how many more. */
function short(names: readonly string[]): string {
  const [first = "-"] = names;
  return names.length > 1 ? `${first} +${names.length - 1}` : first;
}
