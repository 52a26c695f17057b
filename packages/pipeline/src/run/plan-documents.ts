import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Finding, PavedError } from "@paved/model";
import { type RunListener, SILENT } from "./listener";
import { DEFAULT_CONCURRENCY } from "./run";
import { schedule } from "./schedule";
import type { Engine } from "../engine/find";
import { withAccess } from "../sandbox/access";
import type { Interruption } from "../tofu/interruption";
import { type EngineContext, StackEngine } from "../tofu/stack-engine";
import type { FleetStack } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";

/** What {@link planDocuments} works on, and with. */
export interface PlanDocumentOptions {
  readonly workspace: Workspace;
  readonly engine: Engine;
  readonly stacks: readonly FleetStack[];
  readonly interruption: Interruption;
  /** Stacks at once. @default 2 */
  readonly concurrency?: number;
  /** Hears the stages; never that a stack has finished. @default - hears nothing */
  readonly listener?: RunListener;
}

/** One stack's plan, as a file for other tools to judge. */
export interface PlanDocument {
  readonly stack: string;
  readonly environment: string;
  /** Absolute path of the file: what `tofu show -json` says of the plan. */
  readonly file: string;
}

/**
 * Plans every stack in the sandbox with the real engine and writes each plan to `.paved/plans/<stack>.json`, for the
 * owner's eyes only; the folder is replaced as a whole, and only when all stacks could be planned. Nothing is applied.
 *
 * Plan what is applied already: what other stacks publish is then known, and so are the values that only an apply gives.
 * @returns the documents, in the order the stacks were given
 * @throws PavedError what the engine reported, of all stacks together
 */
export async function planDocuments(options: PlanDocumentOptions): Promise<readonly PlanDocument[]> {
  const { workspace, stacks, concurrency = DEFAULT_CONCURRENCY } = options;
  const folder = workspace.plans;
  const fresh = `${folder}.${process.pid}.tmp`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  try {
    const findings = await writeAll(options, fresh, concurrency);
    if (findings.length > 0) throw new PavedError(findings);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return stacks.map(({ name, environment }) => ({ stack: name, environment, file: documentFile(folder, name) }));
}

async function writeAll(options: PlanDocumentOptions, folder: string, concurrency: number): Promise<Finding[]> {
  const { workspace, engine, interruption, stacks, listener = SILENT } = options;
  const mode = "sandbox";
  return withAccess({ workspace, mode, stacks }, async (access) => {
    const context: EngineContext = { workspace, mode, engine, interruption, ...access };
    const results = await schedule(stacks, {
      after: () => [],
      concurrency,
      run: async (stack) => {
        try {
          const text = await planAsText(new StackEngine(context, stack), stack, listener);
          writeFileSync(documentFile(folder, stack.name), text, { mode: 0o600 });
          return [];
        } catch (error) {
          if (error instanceof PavedError) return error.findings;
          throw error;
        }
      },
      isSuccess: () => true,
      skip: () => [],
    });
    return stacks.flatMap(({ name }) => results.get(name) ?? []);
  });
}

async function planAsText(engine: StackEngine, stack: FleetStack, listener: RunListener): Promise<string> {
  try {
    listener.stage(stack, "init");
    await engine.init();
    listener.stage(stack, "validate");
    await engine.validate();
    listener.stage(stack, "plan");
    await engine.plan();
    return await engine.document();
  } finally {
    await engine.close();
  }
}

function documentFile(folder: string, stack: string): string {
  return path.join(folder, `${stack}.json`);
}
