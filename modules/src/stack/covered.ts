import {
  TerraformBackend,
  TerraformDataSource,
  TerraformElement,
  TerraformModule,
  TerraformProvider,
  TerraformResource,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { accept, changesOf, letGo } from "./making";

/** Elements that a deviation made. */
const covered = new WeakSet<TerraformElement>();

/** All elements below a construct. */
export function elementsOf(construct: IConstruct): readonly TerraformElement[] {
  return construct.node.findAll().filter((each): each is TerraformElement => TerraformElement.isTerraformElement(each));
}

/** What a deviation added, changed or took out. */
export interface CoveredElement {
  readonly address: string;
  /** Where it stands in what the stack synthesizes to, for example `["resource", "aws_sqs_queue", "mirror_queue"]`. */
  readonly path: readonly string[];
  /** Attributes that are not as they were. @default - all: it was added or taken out, or has none */
  readonly attributes?: readonly string[];
}

/**
 * Runs what a deviation does in a scope of its own, and takes note of what it covers: what it adds in the scope, and what
 * it changes or takes out in the stack. Providers, backends and modules of OpenTofu are covered by none.
 *
 * @returns what it added, changed or took out, sorted by address; none when it changed nothing
 */
export function coveredBy(
  stack: Construct,
  scope: Construct,
  work: (scope: Construct) => unknown,
): readonly CoveredElement[] {
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
  return [
    ...[...added, ...gone].map((element) => ({ address: nameOf(element), path: pathOf(element) })),
    ...different.map(({ element, text }) => ({
      address: nameOf(element),
      path: pathOf(element),
      attributes: changedAttributes(element, text),
    })),
  ].toSorted((one, other) => one.address.localeCompare(other.address, "en"));
}

/** Types are a level of their own for resources and data sources; outputs and locals have none. */
function pathOf(element: TerraformElement): readonly string[] {
  const levels = isTyped(element) ? 3 : 2;
  let rest: unknown = element.toTerraform();
  return Array.from({ length: levels }).flatMap(() => {
    const [key, inner] = Object.entries(rest ?? {})[0] ?? [];
    rest = inner;
    return key ?? [];
  });
}

function isTyped(element: TerraformElement): boolean {
  return TerraformResource.isTerraformResource(element) || TerraformDataSource.isTerraformDataSource(element);
}

/** @param text what {@link written} said before */
function changedAttributes(element: TerraformElement, text: string): readonly string[] | undefined {
  if (!isTyped(element)) return undefined;
  const path = pathOf(element);
  const [before, after] = [text, written(element)].map(
    (each) => path.reduce<unknown>((rest, key) => (rest as Fields)[key], JSON.parse(each)) as Fields,
  ) as [Fields, Fields];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether it says how a stack reaches its clouds, where it keeps its state, or which other code it runs. */
export function isFixed(element: TerraformElement): boolean {
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
export function nameOf(element: TerraformElement): string {
  const name = element.friendlyUniqueId;
  if (TerraformResource.isTerraformResource(element)) return `${element.terraformResourceType}.${name}`;
  if (TerraformDataSource.isTerraformDataSource(element)) return `data.${element.terraformResourceType}.${name}`;
  return `${element.constructor.name}.${name}`;
}

/** Whether a deviation made it. */
export function isCovered(element: TerraformElement): boolean {
  return covered.has(element);
}
