import { type Finding, literal, PavedError, type StackEntry } from "@paved/model";
import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { originOf } from "./origin";

const RENAMED = "paved:renamed-from";
const RETIRED = "paved:retired";
const FORGOTTEN = "paved:forgotten";
const PATH = /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)*$/;

/** What became of addresses that a stack had before: the same fields as in the fleet's index. */
export type AddressRecords = StackEntry["records"];

/**
 * Says where the construct stood before, so that what is applied moves with it, it and everything in it: OpenTofu changes
 * the addresses in the state, and nothing in the cloud.
 *
 * @param formerPaths construct paths in the stack, the last one first: `renamedFrom(api, "backend", "server")` was
 * `server`, then `backend`. A record may go when it was applied in every environment
 * @throws PavedError PVD1030 when a path is none, or is where the construct stands now
 */
export function renamedFrom(construct: Construct, ...formerPaths: string[]): void {
  const own = pathInStack(construct);
  for (const path of formerPaths) {
    if (PATH.test(path) && path !== own) continue;
    throw new PavedError({
      code: "PVD1030",
      where: construct.node.path,
      source: originOf(construct),
      got: `renamedFrom(${JSON.stringify(path)})`,
      want: "the path of construct ids that it had in this stack before",
      fix: 'write for example renamedFrom(api, "backend")',
    });
  }
  construct.node.addMetadata(RENAMED, formerPaths);
}

/** What is gone, and why. */
export interface Retirement {
  /** Construct path in the stack of what is gone with everything in it. @default - all that the stack had */
  readonly path?: string;
  /** Why, for whoever reads the change. */
  readonly reason: string;
}

/**
 * Says that what stood at a path is gone on purpose: the next apply destroys it. The record may go when it was applied in
 * every environment. A service that is to go entirely keeps its file with `retire(service, { reason })` until then.
 */
export function retire(stack: Construct, retirement: Retirement): void {
  stack.node.addMetadata(RETIRED, { path: retirement.path ?? "", reason: literal(retirement.reason) });
}

/** What leaves the state and stays in the cloud. */
export interface Forgetting {
  /** Addresses of resources, for example `aws_db_instance.api_database_instance`. */
  readonly addresses: readonly string[];
  /** Why, for whoever reads the change. */
  readonly reason: string;
}

/** Has OpenTofu forget resources without destroying them: they stay in the cloud and belong to nobody here any more. */
export function forget(stack: Construct, forgetting: Forgetting): void {
  for (const address of forgetting.addresses) {
    stack.node.addMetadata(FORGOTTEN, { address, reason: literal(forgetting.reason) });
  }
}

/**
 * All records of a stack.
 * @throws PavedError PVD1030 where a record speaks of an address that is still there, or two claim one
 */
export function addressRecords(stack: Construct): AddressRecords {
  const resources = stack.node.findAll().filter((each): each is TerraformResource => isResource(each));
  const moved = resources.flatMap(movesOf).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const forgotten = recorded<AddressRecords["forgotten"][number]>(stack, FORGOTTEN);
  const records = { moved, retired: recorded<AddressRecords["retired"][number]>(stack, RETIRED), forgotten };
  const findings = contradictions(stack, new Set(resources.map(addressOf)), records);
  if (findings.length > 0) throw new PavedError(findings);
  return records;
}

/** The records as OpenTofu reads them. */
export function recordBlocks({ moved, forgotten }: AddressRecords): object {
  return {
    ...(moved.length > 0 ? { moved } : {}),
    ...(forgotten.length > 0
      ? { removed: forgotten.map(({ address }) => ({ from: address, lifecycle: { destroy: false } })) }
      : {}),
  };
}

function isResource(construct: IConstruct): boolean {
  return TerraformResource.isTerraformResource(construct);
}

function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

function recorded<T>(construct: IConstruct, type: string): readonly T[] {
  return construct.node.metadata.filter((entry) => entry.type === type).map((entry) => entry.data as T);
}

function pathInStack(construct: IConstruct): string {
  return idsBelow(construct).join("/");
}

/** Construct ids from below the stack to the construct. */
function idsBelow(construct: IConstruct): readonly string[] {
  const { scopes } = construct.node;
  return scopes.slice(scopes.indexOf(TerraformStack.of(construct)) + 1).map((scope) => scope.node.id);
}

/** The moves of one resource: those of the nearest construct around it that was renamed. */
function movesOf(resource: TerraformResource): AddressRecords["moved"] {
  const renamed = resource.node.scopes.toReversed().find((scope) => recorded(scope, RENAMED).length > 0);
  if (renamed === undefined) return [];
  const rest = idsBelow(resource).slice(idsBelow(renamed).length);
  const formerPaths = recorded<readonly string[]>(renamed, RENAMED).flat();
  const type = resource.terraformResourceType;
  const addresses = [
    addressOf(resource),
    ...formerPaths.map((path) => `${type}.${[...path.split("/"), ...rest].join("_")}`),
  ];
  return addresses.slice(1).map((from, index) => ({ from, to: addresses[index] as string }));
}

function contradictions(stack: Construct, present: ReadonlySet<string>, records: AddressRecords): readonly Finding[] {
  const finding = (got: string, fix: string): Finding => ({
    code: "PVD1030",
    where: stack.node.id,
    source: originOf(stack),
    got,
    want: "records of addresses that are gone, each by one construct",
    fix,
  });
  const froms = records.moved.map(({ from }) => from);
  const left = [...froms, ...records.forgotten.map(({ address }) => address)];
  const doubled = new Set(left.filter((address, index) => left.indexOf(address) !== index));
  return [
    ...left
      .filter((address) => present.has(address))
      .map((address) =>
        finding(`a record of ${address}, which is still there`, "remove the record, or rename what is there"),
      ),
    ...[...doubled].map((address) => finding(`two records of ${address}`, "keep one of them")),
  ];
}
