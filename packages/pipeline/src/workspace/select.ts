import { didYouMean, order, PavedError, type StackEntry } from "@paved/model";

/** Which stacks a command is about. */
export interface Selection {
  /** Environment names. @default - every environment */
  readonly environments?: readonly string[];
  /** Service names. @default - every stack, platform stacks too */
  readonly services?: readonly string[];
}

/** The names that there are to select by. */
type Names = Readonly<Record<"environments" | "services", readonly { readonly name: string }[]>>;

/** What of a stack it is selected and ordered by. */
type Selected = Pick<StackEntry, "name" | "environment" | "service" | "dependsOn">;

/**
 * The stacks of a selection, each after the stacks it depends on.
 * @throws PavedError PVD1001 or PVD4001 for a name the fleet does not have, PVD1010 for a circle
 */
export function select<S extends Selected>(index: Names, stacks: readonly S[], selection: Selection): S[] {
  checkNames(index, selection);
  const { environments, services } = selection;
  return sorted(stacks).filter(
    (stack) =>
      (environments === undefined || environments.includes(stack.environment)) &&
      (services === undefined || (stack.service !== undefined && services.includes(stack.service))),
  );
}

/** The chosen stacks with everything they depend on, in dependency order. */
export function withDependencies<S extends Selected>(stacks: readonly S[], chosen: readonly S[]): S[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const needed = new Set<string>();
  const visit = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const dependency of byName.get(name)?.dependsOn ?? []) visit(dependency);
  };
  for (const stack of chosen) visit(stack.name);
  return sorted(stacks).filter((stack) => needed.has(stack.name));
}

function sorted<S extends Selected>(stacks: readonly S[]): S[] {
  const ordering = order(new Map(stacks.map((stack) => [stack.name, stack.dependsOn])));
  if ("circle" in ordering) {
    throw new PavedError({
      code: "PVD1010",
      where: ordering.circle[0]!,
      got: ordering.circle.join(" -> "),
      want: "stacks that can be ordered",
      fix: "let one of them stop consuming the other's contract",
    });
  }
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  return ordering.sorted.map((name) => byName.get(name)!);
}

function checkNames(index: Names, selection: Selection): void {
  const environments = index.environments.map(({ name }) => name);
  const services = index.services.map(({ name }) => name);
  const findings = [
    ...unknown(selection.environments ?? [], environments).map((got) => ({
      code: "PVD1001" as const,
      where: "--env",
      got,
      want: "an environment",
      fix: didYouMean(got, environments),
    })),
    ...unknown(selection.services ?? [], services).map((got) => ({
      code: "PVD4001" as const,
      where: "--service",
      got,
      want: "a service",
      fix: services.length === 0 ? "add one under stacks/services" : didYouMean(got, services),
    })),
  ];
  if (findings.length > 0) throw new PavedError(findings);
}

function unknown(names: readonly string[], known: readonly string[]): string[] {
  return names.filter((name) => !known.includes(name));
}
