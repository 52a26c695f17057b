import type { Finding } from "@paved/model";
import { TerraformBackend, TerraformElement, TerraformResource } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { GOLDEN_PATH, MODULE, originOf } from "./origin";

const DEVIATION = "paved:deviation";

interface Overridable {
  readonly rawOverrides: Readonly<Record<string, unknown>>;
}

function isMarked(construct: IConstruct, type: string): boolean {
  return construct.node.metadata.some((entry) => entry.type === type);
}

function overridesOf(element: TerraformElement): string {
  return JSON.stringify((element as unknown as Overridable).rawOverrides);
}

function elementsOf(construct: IConstruct): readonly TerraformElement[] {
  return construct.node.findAll().filter((each): each is TerraformElement => TerraformElement.isTerraformElement(each));
}

/**
 * Runs what a deviation does in a scope of its own, and takes note of what it covers.
 * @returns the addresses that it added or overrode, sorted; none when it changed nothing
 */
export function coveredBy(stack: Construct, scope: Construct, work: (scope: Construct) => unknown): readonly string[] {
  const before = new Map(elementsOf(stack).map((element) => [element, written(element)]));
  const overrides = new Map([...before.keys()].map((element) => [element, overridesOf(element)]));
  scope.node.addMetadata(DEVIATION, true);
  work(scope);
  const touched = [...before.keys()].filter((element) => overridesOf(element) !== overrides.get(element));
  for (const element of touched) element.node.addMetadata(DEVIATION, true);
  const added = elementsOf(scope);
  const changed = touched.filter((element) => written(element) !== before.get(element));
  return [...added, ...changed].map((element) => addressOf(element)).toSorted();
}

function written(element: TerraformElement): string {
  const { toTerraform } = element as { toTerraform?: () => unknown };
  return toTerraform === undefined ? "" : JSON.stringify(toTerraform.call(element));
}

function addressOf(element: TerraformElement): string {
  const type = (element as Partial<TerraformResource>).terraformResourceType ?? element.constructor.name;
  return `${type}.${element.friendlyUniqueId}`;
}

/** PVD1032 for each raw resource and each raw override of the stack that no module made and no deviation covers. */
export function uncovered(stack: Construct): readonly Finding[] {
  // The backend's lock file has no type, so the stack itself overrides it.
  const resources = elementsOf(stack).filter((each) => TerraformResource.isTerraformResource(each));
  const raw = resources
    .filter((resource) => !isVetted(resource))
    .map((resource) => `the raw resource ${addressOf(resource)}`);
  const overridden = elementsOf(stack)
    .filter(
      (element) =>
        overridesOf(element) !== "{}" && !isMarked(element, DEVIATION) && !TerraformBackend.isBackend(element),
    )
    .map((element) => `a raw override of ${addressOf(element)}`);
  const keys = Object.keys((stack as unknown as Overridable).rawOverrides).filter((key) => key !== "terraform");
  const ofStack = keys.map((key) => `a raw override of the stack's ${key}`);
  return [...raw, ...overridden, ...ofStack].map((got) => ({
    code: "PVD1032",
    where: stack.node.id,
    source: originOf(stack),
    got,
    want: "what a module makes, or a deviation with its terms",
    fix: 'use a module, or write service.add("<id>", deviate({ rule, reason, owner, ticket, expires, approvedBy }, …))',
  }));
}

/** Below a module, or below a deviation; a golden path is put together from modules, and is none. */
function isVetted(resource: TerraformElement): boolean {
  for (const scope of resource.node.scopes.toReversed()) {
    if (isMarked(scope, DEVIATION)) return true;
    if (isMarked(scope, MODULE)) return !isMarked(scope, GOLDEN_PATH);
  }
  return false;
}
