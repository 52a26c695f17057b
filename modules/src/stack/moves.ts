import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** Mark of a construct that stood elsewhere: its former paths, the last one first. */
export const RENAMED = "paved:renamed-from";

/** One step of a resource from an address to another. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** `aws_vpc.network_vpc` */
export function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

/** Construct path below the stack, for example `api/database`. */
export function pathInStack(construct: IConstruct): string {
  const { scopes } = construct.node;
  const ids = scopes.slice(scopes.indexOf(TerraformStack.of(construct)) + 1).map((scope) => scope.node.id);
  return ids.join("/");
}

/**
 * The moves of every resource, from its oldest address to where it stands. Constructs around it may have been renamed at
 * different times, so every mixture of their former paths may be what a state has. A mixture is a guess: it yields to what
 * another resource is or was by a record of its own, and to what is said of the address otherwise.
 *
 * @param isGone whether a record says that the address is gone
 */
export function movesOf(
  resources: readonly TerraformResource[],
  isGone: (address: string) => boolean,
): readonly Move[] {
  const all = resources.map((resource) => ({ resource, ...formerAddresses(resource) }));
  const claimed = new Set([...resources.map(addressOf), ...all.flatMap(({ said }) => said)]);
  return all.flatMap(({ resource, said, mixed }) => {
    const guessed = mixed.filter((address) => !claimed.has(address) && !isGone(address));
    for (const address of guessed) claimed.add(address);
    const steps = [addressOf(resource), ...said, ...guessed];
    return steps.slice(1).map((from, index) => ({ from, to: steps[index] as string }));
  });
}

interface FormerAddresses {
  /** What the record of the nearest renamed construct says. */
  readonly said: readonly string[];
  /** What follows from it and the records of constructs further out. */
  readonly mixed: readonly string[];
}

function formerAddresses(resource: TerraformResource): FormerAddresses {
  const own = pathInStack(resource);
  let paths: readonly string[] = [own];
  let said: readonly string[] = [];
  for (const scope of resource.node.scopes.toReversed()) {
    const formerPaths = formerPathsOf(scope);
    if (formerPaths.length === 0) continue;
    const isNearest = paths.length === 1;
    const names = [pathInStack(scope), ...formerPaths];
    paths = [...new Set([...paths, ...paths.flatMap((path) => renamed(path, names))])];
    if (isNearest) said = paths.slice(1);
  }
  const address = (path: string) => `${resource.terraformResourceType}.${path.replaceAll("/", "_")}`;
  return { said: said.map(address), mixed: paths.slice(1 + said.length).map(address) };
}

/** The path under every name that what is around it has or had. */
function renamed(path: string, names: readonly string[]): readonly string[] {
  const name = names.find((each) => `${path}/`.startsWith(`${each}/`));
  if (name === undefined) return [];
  return names.filter((each) => each !== name).map((each) => each + path.slice(name.length));
}

function formerPathsOf(construct: IConstruct): readonly string[] {
  return construct.node.metadata
    .filter(({ type }) => type === RENAMED)
    .flatMap(({ data }) => data as readonly string[]);
}
