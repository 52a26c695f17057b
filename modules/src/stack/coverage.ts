import type { Finding } from "@paved/model";
import {
  TerraformBackend,
  TerraformDataSource,
  TerraformElement,
  TerraformModule,
  TerraformProvider,
  TerraformResource,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { accept, changesOf, letGo, madeIn, makerOf } from "./making";
import { originOf } from "./origin";
import type { PavedStack } from "./paved-stack";

/** Elements that a deviation made. */
const covered = new WeakSet<TerraformElement>();

function elementsOf(construct: IConstruct): readonly TerraformElement[] {
  return construct.node.findAll().filter((each): each is TerraformElement => TerraformElement.isTerraformElement(each));
}

/**
 * Runs what a deviation does in a scope of its own, and takes note of what it covers: what it adds in the scope, and what
 * it changes or takes out in the stack. Providers, backends and modules of OpenTofu are covered by none.
 *
 * @returns the addresses that it added, changed or took out, sorted; none when it changed nothing
 */
export function coveredBy(stack: Construct, scope: Construct, work: (scope: Construct) => unknown): readonly string[] {
  const before = elementsOf(stack)
    .filter((element) => !isFixed(element))
    .map((element) => ({ element, text: written(element), isAsMade: changesOf(element).length === 0 }));
  const known = new Set(before.map(({ element }) => element));
  work(scope);
  const present = new Set(elementsOf(stack));
  const added = elementsOf(scope).filter((element) => !known.has(element) && !isFixed(element));
  for (const element of added) covered.add(element);
  // What somebody changed before the deviation did is not the deviation's.
  const changed = before.filter(({ isAsMade }) => isAsMade).map(({ element }) => element);
  for (const element of [...added, ...changed]) accept(element);
  const gone = [...known].filter((element) => !present.has(element));
  for (const element of gone) letGo(stack, element);
  const different = before.filter(({ element, text }) => present.has(element) && written(element) !== text);
  return [...added, ...different.map(({ element }) => element), ...gone].map(nameOf).toSorted();
}

/** What says how a stack reaches its clouds, where it keeps its state, and which other code it runs. */
function isFixed(element: TerraformElement): boolean {
  return (
    TerraformProvider.isTerraformProvider(element) ||
    TerraformBackend.isBackend(element) ||
    element instanceof TerraformModule
  );
}

function written(element: TerraformElement): string {
  return JSON.stringify(element.toTerraform());
}

/** The address where there is one: `aws_sqs_queue.api_queue`, `data.aws_region.here`, `TerraformOutput.address`. */
function nameOf(element: TerraformElement): string {
  const name = element.friendlyUniqueId;
  if (TerraformResource.isTerraformResource(element)) return `${element.terraformResourceType}.${name}`;
  if (TerraformDataSource.isTerraformDataSource(element)) return `data.${element.terraformResourceType}.${name}`;
  return `${element.constructor.name}.${name}`;
}

/** What is wrong, and the user's line that is nearest to it. */
interface Breach {
  readonly got: string;
  readonly source?: string;
  /** Whether no deviation could cover it. */
  readonly isFixed: boolean;
}

/**
 * What is wrong with the stack: PVD1032 for all that no module made or that is not as its module made it, unless a deviation
 * covers it; PVD1034 where that is a provider, a backend or a module of OpenTofu, which none can cover.
 */
export function uncovered(stack: PavedStack): readonly Finding[] {
  const elements = elementsOf(stack);
  const breaches = [...elements.flatMap(breachOf), ...takenOut(stack, elements), ...overridesOf(stack)];
  return breaches.map(({ got, source, isFixed: isRefused }) => ({
    ...(isRefused ? REFUSED : UNCOVERED),
    where: stack.node.id,
    source,
    got,
  }));
}

const UNCOVERED = {
  code: "PVD1032",
  want: "what a module makes, or a deviation with its terms",
  fix: 'use a module, or write service.add("<id>", deviate({ rule, reason, owner, ticket, expires, approvedBy }, …))',
} as const;

const REFUSED = {
  code: "PVD1034",
  want: "the providers and the backend that the stack makes, and modules of Paved",
  fix: "remove it: what they run and where is not left to a service, not even by a deviation",
} as const;

function breachOf(element: TerraformElement): readonly Breach[] {
  const maker = makerOf(element);
  const fixed = isFixed(element);
  if (maker?.isModule !== true && !covered.has(element)) {
    const source = maker?.line ?? originOf(element);
    return [{ got: `the raw ${kindOf(element)} ${nameOf(element)}`, source, isFixed: fixed }];
  }
  const changes = changesOf(element).map((name) => name.replace(/^_/, ""));
  if (changes.length === 0) return [];
  const isOverride = changes.every((name) => name === "rawOverrides");
  const got = isOverride
    ? `a raw override of ${nameOf(element)}`
    : `another ${changes.join(", ")} of ${nameOf(element)}`;
  return [{ got, source: originOf(element), isFixed: fixed }];
}

function kindOf(element: TerraformElement): string {
  if (TerraformResource.isTerraformResource(element)) return "resource";
  return TerraformDataSource.isTerraformDataSource(element) ? "data source" : "block";
}

function takenOut(stack: PavedStack, present: readonly TerraformElement[]): readonly Breach[] {
  const there = new Set(present);
  return [...madeIn(stack)]
    .filter((element) => !there.has(element))
    .map((element) => ({
      got: `no ${nameOf(element)}, which was taken out of the tree`,
      source: originOf(element),
      isFixed: isFixed(element),
    }));
}

function overridesOf(stack: PavedStack): readonly Breach[] {
  const { rawOverrides } = stack as unknown as { readonly rawOverrides: object };
  return leavesOf(rawOverrides)
    .filter(([path, value]) => stack.settings.get(path) !== value)
    .map(([path]) => ({ got: `a raw override of the stack's ${path}`, isFixed: false }));
}

function leavesOf(value: unknown, path: readonly string[] = []): readonly (readonly [string, unknown])[] {
  const isBranch = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isBranch || (path.length > 0 && Object.keys(value).length === 0)) return [[path.join("."), value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}
