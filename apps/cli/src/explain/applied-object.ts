import path from "node:path";
import { nearest, PavedError, type StackEntry } from "@paved/model";
import { type ManagedObject, readStateFile, type Workspace } from "@paved/pipeline";
import { splitSubject } from "./subject";

/** An object of the sandbox, with the stack whose state has it. */
export interface AppliedObject extends ManagedObject {
  readonly stack: string;
}

/**
 * The one applied object that `<address>` or `<stack>:<address>` names.
 * @throws PavedError PVD3003 when there is none, PVD4002 when there are several, PVD3001 when a state cannot be read
 */
export function findApplied(workspace: Workspace, stacks: readonly StackEntry[], subject: string): AppliedObject {
  const { stack: wanted, address } = splitSubject(stacks, subject);
  const applied = stacks
    .filter(({ name }) => wanted === undefined || name === wanted)
    .flatMap(({ name }) => appliedIn(workspace, name));
  const found = applied.filter((object) => object.address === address);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) throw ambiguous(subject, found);
  const near = nearest(
    address ?? subject,
    applied.map((object) => object.address),
  );
  throw new PavedError({
    code: "PVD3003",
    where: "the sandbox",
    got: subject,
    want: "the address of an applied resource",
    fix: near === undefined ? "see paved sandbox objects" : `did you mean ${near}?`,
  });
}

/**
 * What is applied in one stack of the sandbox.
 * @throws PavedError PVD3001 when its state cannot be read
 */
export function appliedIn(workspace: Workspace, stack: string): AppliedObject[] {
  const file = workspace.state(stack);
  try {
    return readStateFile(file).managed.map((object) => ({ ...object, stack }));
  } catch (error) {
    const where = path.relative(workspace.root, file);
    const fix = "run paved rehearse, which recovers it, or paved sandbox reset";
    throw new PavedError({ code: "PVD3001", where, got: (error as Error).message, want: "a state", fix });
  }
}

function ambiguous(got: string, found: readonly AppliedObject[]): PavedError {
  const names = found.map(({ stack, address }) => `${stack}:${address}`);
  const fix = `use one of ${names.join(", ")}`;
  return new PavedError({ code: "PVD4002", where: "the sandbox", got, want: "an address of one stack only", fix });
}
