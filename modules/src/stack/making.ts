import { TerraformElement, TerraformStack } from "cdktf";
import { type Construct, type IConstruct, Node } from "constructs";
import { type Maker, nearestMaker } from "./origin";

/** Values of an element's fields, by their names. */
type State = Readonly<Record<string, unknown>>;

const makers = new WeakMap<IConstruct, Maker>();
const states = new WeakMap<IConstruct, State>();
const made = new WeakMap<IConstruct, Set<TerraformElement>>();

/** The element whose constructor may still run; it is done when the tree is used the next time. */
let latest: TerraformElement | undefined;

interface Tree {
  addChild(child: Construct, id: string): void;
  tryFindChild(id: string): IConstruct | undefined;
  readonly children: IConstruct[];
}

/**
 * Takes note of who makes each element, and of what it is once it is made. cdktf tells nobody, so the tree's own methods
 * are watched: whoever comes to an element by the tree comes through them. A cast to a module's private field does not, and
 * would go unseen for the element that was made last.
 */
export function watchMaking(): void {
  const tree = Node.prototype as unknown as Tree;
  const { addChild, tryFindChild } = tree;
  const children = Object.getOwnPropertyDescriptor(tree, "children")?.get as (this: Tree) => IConstruct[];
  tree.addChild = function (child, id) {
    finish();
    addChild.call(this, child, id);
    if (!(child instanceof TerraformElement)) return;
    makers.set(child, nearestMaker(tree.addChild));
    latest = child;
  };
  tree.tryFindChild = function (id) {
    finish();
    return tryFindChild.call(this, id);
  };
  Object.defineProperty(tree, "children", {
    configurable: true,
    get(this: Tree) {
      finish();
      return children.call(this);
    },
  });
}

function finish(): void {
  const element = latest;
  if (element === undefined) return;
  latest = undefined;
  states.set(element, stateOf(element));
  const stack = element.node.scopes.find((scope) => TerraformStack.isStack(scope));
  if (stack === undefined) return;
  const own = made.get(stack) ?? new Set();
  made.set(stack, own.add(element));
}

/** Who made the element. */
export function makerOf(element: TerraformElement): Maker | undefined {
  return makers.get(element);
}

/** Every element that was ever made in the stack and that {@link letGo} was not called for. */
export function madeIn(stack: Construct): ReadonlySet<TerraformElement> {
  finish();
  return made.get(stack) ?? new Set();
}

/** The element may be missing from the stack. */
export function letGo(stack: Construct, element: TerraformElement): void {
  made.get(stack)?.delete(element);
}

/** What the element is now is what it may be. */
export function accept(element: TerraformElement): void {
  states.set(element, stateOf(element));
}

/**
 * Sets fields of what a module made before, which only modules can: what others set is seen as a change from outside.
 * `amend(this.policy, { policy: document })`
 */
export function amend<E extends TerraformElement>(element: E, values: Partial<E>): void {
  finish();
  const before = stateOf(element);
  Object.assign(element, values);
  if (!nearestMaker(amend).isModule) return;
  const amended = Object.entries(stateOf(element)).filter(([name, value]) => !isStill(before[name], value, element));
  states.set(element, { ...states.get(element), ...Object.fromEntries(amended) });
}

/** Names of the fields that are not as they were when the element was made, or accepted. */
export function changesOf(element: TerraformElement): readonly string[] {
  finish();
  const before = states.get(element) ?? {};
  const names = new Set([...Object.keys(before), ...fieldNames(element)]);
  return [...names].filter((name) => !isStill(before[name], (element as unknown as State)[name], element));
}

/** What is set when it is asked for, and the way back up the tree. */
const NO_STATE = new Set(["node", "_fqnToken", "_friendlyUniqueId", "_fqn", "terraformResource"]);

function stateOf(element: TerraformElement): State {
  return fieldsOf(element, element);
}

/** What is undefined is not written. */
function fieldNames(value: object): readonly string[] {
  return Object.keys(value).filter((name) => (value as State)[name] !== undefined && !NO_STATE.has(name));
}

function fieldsOf(value: object, element: TerraformElement): State {
  const fields: Record<string, unknown> = {};
  for (const name of fieldNames(value)) fields[name] = copyOf((value as State)[name], element);
  return fields;
}

/** Lists, plain objects and the element's own blocks are copied; tokens and other constructs are themselves. */
function copyOf(value: unknown, element: TerraformElement): unknown {
  if (Array.isArray(value)) return value.map((item) => copyOf(item, element));
  return isCopied(value, element) ? fieldsOf(value, element) : value;
}

function isCopied(value: unknown, element: TerraformElement): value is State {
  if (typeof value !== "object" || value === null) return false;
  return (
    value["terraformResource" as keyof typeof value] === element || Object.getPrototypeOf(value) === Object.prototype
  );
}

/** Whether a value is what {@link copyOf} made a copy of. */
function isStill(copy: unknown, value: unknown, element: TerraformElement): boolean {
  if (Object.is(copy, value)) return true;
  if (Array.isArray(value)) {
    const isSameLength = Array.isArray(copy) && copy.length === value.length;
    return isSameLength && value.every((item, index) => isStill(copy[index], item, element));
  }
  if (!isCopied(value, element) || typeof copy !== "object" || copy === null) return false;
  const names = fieldNames(value);
  if (names.length !== Object.keys(copy).length) return false;
  return names.every((name) => name in copy && isStill((copy as State)[name], value[name], element));
}
