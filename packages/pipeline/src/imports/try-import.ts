import { PavedError } from "@paved/model";
import type { AttributeDifference } from "../difference/attributes";
import { type DocumentedChange, plannedAttributes } from "../difference/planned-attributes";
import type { Engine } from "../engine/find";
import { takeRunLock } from "../lock/exclusive";
import { type RunListener, SILENT } from "../run/listener";
import { type Access, withAccess } from "../sandbox/access";
import type { Interruption } from "../tofu/interruption";
import { StackEngine } from "../tofu/stack-engine";
import type { FleetStack } from "../workspace/fleet";
import type { Mode, Workspace } from "../workspace/workspace";
import type { Import } from "./taken-over";

/** What {@link tryImport} works on, and with. */
export interface TryImportOptions {
  readonly workspace: Workspace;
  /** @default sandbox */
  readonly mode?: Mode;
  readonly engine: Engine;
  readonly stack: FleetStack;
  readonly wanted: Import;
  readonly interruption: Interruption;
  /** Hears the stages. @default - hears nothing */
  readonly listener?: RunListener;
  /** Told what goes on before the stack is looked at. @default - nobody is */
  readonly progress?: (line: string) => void;
}

/** What taking up something that stands would do to it. */
export interface TriedImport extends Import {
  readonly stack: string;
  /** `nothing` when it is already as it is declared. */
  readonly action: "nothing" | "update" | "replace";
  /** What differs: `before` as it stands, `after` as it is declared. Values that may be secrets are masked. */
  readonly attributes: readonly AttributeDifference[];
}

interface PlanDocument {
  readonly resource_changes?: readonly { readonly address: string; readonly change: DocumentedChange }[];
}

/**
 * Plans, with the real engine, to take something that stands into a stack's state, and says what would be changed of it.
 * Neither the cloud nor a state is changed.
 * @throws PavedError PVD4002 when the stack declares nothing at the address, PVD2020 when its state has it already, and
 * what the engine reports: that there is nothing of that id, for example; PVD2005 while another run holds the lock
 */
export async function tryImport(options: TryImportOptions): Promise<TriedImport> {
  const { workspace, mode = "sandbox", stack, wanted } = options;
  if (!Object.hasOwn(stack.elements, wanted.address)) throw undeclared(stack, wanted);
  const lock = takeRunLock(workspace, mode, "import");
  try {
    const { progress } = options;
    return await withAccess({ workspace, mode, stacks: [stack], progress }, (access) => planImport(options, access));
  } finally {
    lock.release();
  }
}

async function planImport(options: TryImportOptions, access: Access): Promise<TriedImport> {
  const { workspace, mode = "sandbox", engine, interruption, stack, wanted, listener = SILENT } = options;
  const stackEngine = new StackEngine({ workspace, mode, engine, interruption, ...access }, stack, [wanted]);
  try {
    listener.stage(stack, "init");
    await stackEngine.init();
    const { managed } = await stackEngine.state();
    if (managed.some(({ address }) => address === wanted.address)) throw alreadyThere(stack, wanted);
    listener.stage(stack, "plan");
    await stackEngine.plan();
    return { ...wanted, stack: stack.name, ...readTried(await stackEngine.document(), wanted.address) };
  } finally {
    await stackEngine.close();
  }
}

function readTried(document: string, address: string): Pick<TriedImport, "action" | "attributes"> {
  const { resource_changes: changes = [] } = JSON.parse(document) as PlanDocument;
  const change = changes.find((each) => each.address === address)?.change;
  if (change === undefined) throw new Error(`the plan says nothing of ${address}, which it was to import`);
  if (change.actions.includes("delete")) return { action: "replace", attributes: plannedAttributes(change) };
  if (!change.actions.includes("update")) return { action: "nothing", attributes: [] };
  return { action: "update", attributes: plannedAttributes(change) };
}

function undeclared({ name }: FleetStack, { address }: Import): PavedError {
  return new PavedError({
    code: "PVD4002",
    where: name,
    got: address,
    want: "an address that the stack declares",
    fix: `declare first what is imported; paved explain ${name} says what there is`,
  });
}

function alreadyThere({ name }: FleetStack, { address }: Import): PavedError {
  return new PavedError({
    code: "PVD2020",
    where: `${name} ${address}`,
    got: "an import of what is in the state already",
    want: "an address that the state has not",
    fix: `see paved explain ${name}:${address}`,
  });
}
