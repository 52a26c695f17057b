import type { Finding } from "@paved/model";
import { TerraformDataSource, type TerraformElement, TerraformResource } from "cdktf";
import { elementsOf, isCovered, isFixed, nameOf } from "./covered";
import { changesOf, madeIn, makerOf } from "./making";
import { originOf } from "./origin";
import type { PavedStack } from "./paved-stack";

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
  if (maker?.isModule !== true && !isCovered(element)) {
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
