import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { StackEntry } from "@paved/model";
import { Workspace } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../src/command-spec";
import { environmentEntry } from "@paved/testing/src/environment-entry";
import { index, kept } from "./sample-fleet";

/** A workspace in a temporary directory that was synthesized before; it removes itself after the tests of the file. */
export function sampleWorkspace(): Workspace {
  const workspace = new Workspace(realpathSync(mkdtempSync(path.join(tmpdir(), "paved-cli-"))));
  write(workspace, "cdktf.json", "{}");
  write(workspace, "cdktf.out/paved.json", JSON.stringify(index));
  for (const stack of index.stacks) {
    write(workspace, `cdktf.out/${stack.directory}/cdk.tf.json`, JSON.stringify(emptyRoot(stack)));
  }
  afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));
  return workspace;
}

/** The root of a stack that makes nothing yet, with its account, its region and its state. */
export function emptyRoot({ name, environment }: StackEntry): object {
  const { account, region } = environmentEntry(environment);
  const short = name.slice(environment.length + 1);
  const key = `${environment}/${short}.tfstate`;
  const place = { bucket: `paved-state-${account}`, key, region, kms_key_id: "alias/paved-state" };
  return {
    terraform: {
      backend: { s3: { ...place, encrypt: true, use_lockfile: true } },
      encryption: encryption(environment, short),
    },
    provider: { aws: [{ region, allowed_account_ids: [account] }] },
  };
}

/** Encryption as every stack has it, by the key that is the stack's alone. */
function encryption(environment: string, stack: string): object {
  const target = { method: "method.aes_gcm.state", enforced: true };
  const key = { kms_key_id: `alias/paved/${environment}/state/${stack}`, key_spec: "AES_256", region: "eu-west-1" };
  return {
    key_provider: { aws_kms: { state: key } },
    method: { aes_gcm: { state: { keys: "key_provider.aws_kms.state" } } },
    state: target,
    plan: target,
  };
}

/** Writes a file of a workspace. */
export function write({ root }: Workspace, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

/** An applied object, as the state of its stack and the sandbox's store have it. */
export interface AppliedSample {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  readonly attributes: { readonly id: string; readonly [attribute: string]: unknown };
}

/** Applies objects to the sandbox of a workspace, without an engine. */
export function apply(workspace: Workspace, objects: readonly AppliedSample[]): void {
  for (const stack of new Set(objects.map((object) => object.stack))) {
    const resources = objects
      .filter((object) => object.stack === stack)
      .map(({ type, name, attributes }) => ({ mode: "managed", type, name, instances: [{ attributes }] }));
    write(workspace, path.relative(workspace.root, workspace.state(stack)), JSON.stringify({ version: 4, resources }));
  }
  const entries = objects.map(({ stack, type, attributes }) => ({
    op: "put",
    object: { stack, scope: `aws/${stack.split("-")[0]}/eu-west-1`, type, id: attributes.id, attributes },
  }));
  const journal = [{ format: 1 }, ...entries].map((entry) => `${JSON.stringify(entry)}\n`).join("");
  write(workspace, path.relative(workspace.root, path.join(workspace.store, "journal.jsonl")), journal);
}

/** What a command gave: its exit code, and the lines on both streams. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command on what was synthesized, as `main` does, without a process of its own. */
export async function run(
  command: CommandRun,
  workspace: Workspace,
  given: Partial<Pick<CommandContext, "arguments" | "options" | "happened">> = {},
): Promise<Ended> {
  const { terminal, out, err } = kept();
  const options = { synth: false, ...given.options };
  const { arguments: words = [], happened } = given;
  const code = await command({ workspace, terminal, arguments: words, options, happened });
  return { code, out: out.join("\n"), err: err.join("\n") };
}
