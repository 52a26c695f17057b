import type { ComparedIndex, ComparedStack } from "@paved/model";
import type { StackDifference } from "../difference/stack-difference";

/** What there is to explain a stack's difference by. */
export interface ReasonFacts {
  readonly stack: ComparedStack;
  /** @default - only what is delivered differs */
  readonly root?: StackDifference;
  readonly index: ComparedIndex;
  /** Files that synth reads and that are not the same before and after. */
  readonly changedFiles: readonly string[];
}

/**
 * The changed files that explain why a stack differs: its service's own file, its environment, and the modules that made
 * what differs, before those that all stacks are made with. When none of them changed, it may be any that did.
 */
export function reasonsFor(facts: ReasonFacts): readonly string[] {
  const own = facts.changedFiles.filter((file) => isOfItsOwn(file, facts));
  if (own.length > 0) return own;
  const shared = facts.changedFiles.filter((file) => !isOfOthers(file, facts));
  return shared.length > 0 ? shared : facts.changedFiles;
}

function isOfItsOwn(file: string, { stack, root, index }: ReasonFacts): boolean {
  const service = index.services.find(({ name }) => name === stack.service);
  if (file === service?.source || environmentOf(file) === stack.environment) return true;
  const goldenPath = service?.goldenPath.replace(/@.*$/, "");
  const folders = new Set(root?.elements.flatMap(({ origin }) => origin?.module ?? []));
  if (goldenPath !== undefined) folders.add(`golden-paths/src/${goldenPath}`);
  return [...folders].some((folder) => file.startsWith(`${folder}/`)) || isSourceOf(file, root);
}

function isSourceOf(file: string, root: StackDifference | undefined): boolean {
  return root?.elements.some(({ origin }) => origin?.source?.startsWith(`${file}:`)) ?? false;
}

function isOfOthers(file: string, { stack, index }: ReasonFacts): boolean {
  const environment = environmentOf(file);
  return environment !== stack.environment && index.environments.some(({ name }) => name === environment);
}

/** `environments/src/dev.ts` and `environments/dev/releases.json` are of dev. */
function environmentOf(file: string): string | undefined {
  return /^environments\/(?:src\/)?([a-z]+)(?:\.ts$|\/)/.exec(file)?.[1];
}
