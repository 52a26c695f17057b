import { type Finding, Findings, type StackEntry } from "@paved/model";
import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { handedOver, takenOver } from "./hand-over";
import { addressOf, movesOf, pathInStack } from "./moves";
import { originOf } from "./origin";
import { recorded } from "./records-of";

/** Mark of a stack: what is gone from it. */
export const RETIRED = "paved:retired";
/** Mark of a stack: what left its state and stays. */
export const FORGOTTEN = "paved:forgotten";
/** Mark of a stack: what came into its state as it stood. */
export const IMPORTED = "paved:imported";
/** Mark of a stack: what holds data and may be made anew. */
export const REPLACEABLE = "paved:replaceable";
const PATH = /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)*$/;

/** What became of addresses that a stack had before: the same fields as in the fleet's index. */
export type AddressRecords = StackEntry["records"];

type Replaceable = NonNullable<AddressRecords["replaceable"]>[number];

/**
 * All records of a stack.
 * @throws PavedError PVD1030 where a record speaks of what is still there, or two claim one address
 */
export function addressRecords(stack: Construct): AddressRecords {
  const findings = new Findings();
  const resources = stack.node.findAll().filter((each) => TerraformResource.isTerraformResource(each));
  const forgotten = [
    ...recorded<AddressRecords["forgotten"][number]>(stack, FORGOTTEN),
    ...handedOver(stack, findings),
  ];
  const imported = [...recorded<AddressRecords["imported"][number]>(stack, IMPORTED), ...takenOver(stack, findings)];
  const retired = recorded<AddressRecords["retired"][number]>(stack, RETIRED);
  const isGone = (address: string): boolean =>
    forgotten.some((record) => record.address === address) || retired.some(({ path }) => isBelow(address, path));
  const moved = movesOf(resources, isGone).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const replaceable = recorded<Replaceable>(stack, REPLACEABLE);
  const records = { moved, retired, forgotten, imported, ...(replaceable.length > 0 ? { replaceable } : {}) };
  const present = new Set(resources.map(addressOf));
  for (const finding of [
    ...contradictions(stack, present, records),
    ...importedNowhere(stack, present, imported),
    ...stillStanding(stack, resources, records.retired),
    ...notStanding(stack, present, replaceable),
  ]) {
    findings.add(finding);
  }
  findings.throwIfAny();
  return records;
}

/** The records as OpenTofu reads them; the ids of what other stacks had are in their states, and the pipeline's to add. */
export function recordBlocks({ moved, forgotten, imported }: AddressRecords): object {
  const imports = imported.flatMap(({ address, id }) => (id === undefined ? [] : [{ to: address, id }]));
  return {
    ...(imports.length > 0 ? { import: imports } : {}),
    ...(moved.length > 0 ? { moved } : {}),
    ...(forgotten.length > 0
      ? { removed: forgotten.map(({ address }) => ({ from: address, lifecycle: { destroy: false } })) }
      : {}),
  };
}

/** Whether all that the stack had is gone on purpose, see `retire`. */
export function retiresEverything(stack: Construct): boolean {
  return recorded<AddressRecords["retired"][number]>(stack, RETIRED).some(({ path }) => path === "");
}

/** Whether a text is a path of construct ids below a stack. */
export function isConstructPath(text: string): boolean {
  return PATH.test(text);
}

function isBelow(address: string, path: string): boolean {
  const name = address.slice(address.indexOf(".") + 1);
  return `${name}_`.startsWith(`${path.replaceAll("/", "_")}_`);
}

function contradiction(stack: Construct, got: string, want: string, fix: string): Finding {
  return { code: "PVD1030", where: stack.node.id, source: originOf(stack), got, want, fix };
}

function contradictions(stack: Construct, present: ReadonlySet<string>, records: AddressRecords): readonly Finding[] {
  const want = "records of addresses that are gone, each by one construct";
  const finding = (got: string, fix: string): Finding => contradiction(stack, got, want, fix);
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

/** What is imported has to be declared, or OpenTofu would not know what it is to be like. */
function importedNowhere(
  stack: Construct,
  present: ReadonlySet<string>,
  imported: AddressRecords["imported"],
): readonly Finding[] {
  const addresses = imported.map(({ address }) => address);
  const want = "addresses that stand in the stack, each imported once";
  const finding = (got: string, fix: string): Finding => contradiction(stack, got, want, fix);
  return [
    ...addresses
      .filter((address) => !present.has(address))
      .map((address) => finding(`importExisting of ${address}, where nothing stands`, "declare what is imported")),
    ...addresses
      .filter((address, index) => addresses.indexOf(address) !== index)
      .map((address) => finding(`two imports of ${address}`, "keep one of them")),
  ];
}

/** What is made anew stands before and after; consent to anything else would be for what comes there later. */
function notStanding(
  stack: Construct,
  present: ReadonlySet<string>,
  replaceable: readonly Replaceable[],
): readonly Finding[] {
  const addresses = replaceable.map(({ address }) => address);
  const want = "consent to make anew what stands, once for each";
  return addresses.flatMap((address, index) => {
    const got = `allowReplace of ${address}`;
    if (!present.has(address)) {
      const fix = "write the address as it is in environments/<name>/addresses; of what is gone, retire it";
      return [contradiction(stack, `${got}, which is not there`, want, fix)];
    }
    const isSecond = addresses.indexOf(address) < index;
    return isSecond ? [contradiction(stack, `a second ${got}`, want, "keep one of them")] : [];
  });
}

/** A record of what stands would let it go unseen later. */
function stillStanding(
  stack: Construct,
  resources: readonly TerraformResource[],
  retired: AddressRecords["retired"],
): readonly Finding[] {
  return retired.flatMap(({ path }) => {
    const [first, ...others] = resources.filter((resource) =>
      `${pathInStack(resource)}/`.startsWith(path && `${path}/`),
    );
    if (first === undefined) return [];
    const what = path === "" ? "all of the stack" : path;
    const more = others.length > 0 ? ` and ${others.length} more` : "";
    return [
      {
        code: "PVD1030" as const,
        where: stack.node.id,
        source: originOf(first),
        got: `retire of ${what}, where ${addressOf(first)}${more} still stands`,
        want: "records of what is gone with everything in it",
        fix: "write the path of what is gone alone; where it is gone in some environments only, name them",
      },
    ];
  });
}
