import { Findings, PavedError, type StackEntry } from "@paved/model";
import { takeRunLock } from "../lock/exclusive";
import { DEFAULT_CONCURRENCY } from "../run/run";
import { schedule } from "../run/schedule";
import { type EngineContext, StackEngine } from "../tofu/stack-engine";
import { type LockInfo, lockInWords } from "../tofu/state-lock";
import type { FleetStack } from "../workspace/fleet";

/** The lock of a state, and whose it is. */
export interface StateLock extends LockInfo {
  readonly stack: string;
  readonly environment: string;
  /** @default - a platform stack */
  readonly service?: string;
  /** Engines on this machine that still work on the stack, by process id. */
  readonly engines: readonly number[];
}

/**
 * The locks that are held of the stacks' states. Nothing is changed: OpenTofu is asked to release a lock that nobody has, and
 * says whose the lock is.
 * @throws PavedError what the engine reported, of all stacks together
 */
export async function heldLocks(context: EngineContext, stacks: readonly FleetStack[]): Promise<readonly StateLock[]> {
  const findings = new Findings();
  const found = await schedule(stacks, {
    after: () => [],
    concurrency: DEFAULT_CONCURRENCY,
    run: async (stack) => {
      try {
        return await withEngine(context, stack, (engine) => lockOf(stack, engine));
      } catch (error) {
        if (!(error instanceof PavedError)) throw error;
        for (const finding of error.findings) findings.add(finding);
        return undefined;
      }
    },
    isSuccess: () => true,
    skip: () => undefined,
  });
  findings.throwIfAny();
  return stacks.flatMap(({ name }) => found.get(name) ?? []);
}

/**
 * Releases locks, if they are still the same and nobody on this machine works on the stacks.
 * @throws PavedError PVD6004 for those that are in use; PVD2005 while a run that changes something holds the workspace
 */
export async function releaseLocks(
  context: EngineContext,
  stacks: readonly FleetStack[],
  locks: readonly StateLock[],
): Promise<void> {
  const lock = takeRunLock(context.workspace, context.mode, "unlock");
  const findings = new Findings();
  try {
    for (const wanted of locks) {
      const stack = stacks.find(({ name }) => name === wanted.stack)!;
      const inUse = await withEngine(context, stack, async (engine) => {
        const now = await lockOf(stack, engine);
        if (now === undefined) return undefined;
        if (now.id !== wanted.id || now.engines.length > 0) return now;
        await engine.releaseLock(now.id);
        return undefined;
      });
      if (inUse !== undefined) findings.add(inUseFinding(inUse));
    }
  } finally {
    lock.release();
  }
  findings.throwIfAny();
}

/** PVD6004 for a lock that is not to be released. */
export function inUseFinding(lock: StateLock): PavedError["findings"][number] {
  const [engine] = lock.engines;
  return {
    code: "PVD6004",
    where: lock.stack,
    got: `the lock held by ${lockInWords(lock)}${engine === undefined ? "" : `: process ${engine} still works`}`,
    want: "a lock whose holder is gone, the same that was looked at",
    fix: engine === undefined ? "run paved unlock again" : `wait for it, or stop it with kill -INT ${engine}`,
  };
}

async function lockOf(stack: StackEntry, engine: StackEngine): Promise<StateLock | undefined> {
  const info = await engine.heldLock();
  const { name, environment, service } = stack;
  return info && { ...info, stack: name, environment, service, engines: engine.running };
}

async function withEngine<T>(
  context: EngineContext,
  stack: FleetStack,
  work: (engine: StackEngine) => Promise<T>,
): Promise<T> {
  const engine = new StackEngine(context, stack);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
