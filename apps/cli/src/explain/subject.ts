import { didYouMean, type FleetIndex, nearest, PavedError, type ServiceEntry, type StackEntry } from "@paved/model";

/** Where one thing of the fleet comes from, and who to ask about it. */
export interface Explanation {
  readonly stack: string;
  readonly environment: string;
  readonly kind: string;
  readonly owner: string;
  readonly address?: string;
  readonly constructPath?: string;
  readonly goldenPath?: string;
  /** The user's file, with a line when one is known. */
  readonly source?: string;
  readonly service?: Pick<ServiceEntry, "name" | "tier" | "onCall" | "runbook">;
  readonly dependsOn: readonly string[];
  readonly publishes: readonly string[];
  readonly consumes: StackEntry["consumes"];
  readonly notes: readonly string[];
}

/**
 * Explains an address, `<stack>:<address>`, a stack or a service, once for every chosen stack that has it.
 * @param command who asks, named in the error
 * @throws PavedError PVD4002 when no chosen stack has it
 */
export function explainSubject(
  index: FleetIndex,
  stacks: readonly StackEntry[],
  subject: string,
  command = "explain",
): Explanation[] {
  const { stack: wanted, address } = splitSubject(stacks, subject);
  const found = stacks
    .filter((stack) => wanted === undefined || stack.name === wanted)
    .flatMap((stack) => explainIn(index, stack, address));
  if (found.length > 0) return found;
  throw new PavedError({
    code: "PVD4002",
    where: command,
    got: subject,
    want: "an address, stack, service or error code",
    fix: suggestion(stacks, wanted, address ?? subject),
  });
}

/** Splits `<stack>:<address>`; the address alone, and a stack alone, are allowed too. */
export function splitSubject(
  stacks: readonly StackEntry[],
  subject: string,
): { readonly stack?: string; readonly address?: string } {
  const [, stack = subject, address] = /^([^:\s]+)(?::|\s+)(.*)$/s.exec(subject) ?? [];
  if (!stacks.some(({ name }) => name === stack)) return { address: subject };
  return address === undefined ? { stack } : { stack, address };
}

function explainIn(index: FleetIndex, stack: StackEntry, subject: string | undefined): Explanation[] {
  const service = index.services.find(({ name }) => name === stack.service);
  if (subject === undefined || subject === stack.service) return [describe(stack, service)];
  const address = subject.replace(/\[[^\]]*\]$/, "");
  const origin = Object.hasOwn(stack.elements, address) ? stack.elements[address] : undefined;
  if (origin === undefined) return [];
  const { path: constructPath, goldenPath, source } = origin;
  const own = { address, constructPath, ...(goldenPath && { goldenPath }), ...(source && { source }) };
  return [{ ...describe(stack, service), ...own }];
}

function describe(stack: StackEntry, service: ServiceEntry | undefined): Explanation {
  const { name, environment, kind, owner, dependsOn, publishes, consumes, notes } = stack;
  const base = { stack: name, environment, kind, owner, dependsOn, publishes, consumes, notes };
  if (service === undefined) return base;
  const { name: serviceName, tier, onCall, runbook, goldenPath, source } = service;
  return { ...base, goldenPath, source, service: { name: serviceName, tier, onCall, runbook } };
}

function suggestion(stacks: readonly StackEntry[], wanted: string | undefined, word: string): string {
  const inStacks = stacks.filter(({ name }) => wanted === undefined || name === wanted);
  const addresses = [...new Set(inStacks.flatMap(({ elements }) => Object.keys(elements)))];
  const services = inStacks.flatMap(({ service }) => service ?? []);
  const candidates = [...addresses, ...services, ...inStacks.map(({ name }) => name)];
  const near = nearest(word, candidates);
  if (near !== undefined) return didYouMean(word, candidates);
  return "see paved list for services, paved graph for stacks and cdktf.out/paved.json for addresses";
}
