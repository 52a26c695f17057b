import { type ChildProcess, spawn } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Outages, Sandbox, type SessionOptions } from "../src";

/** What one run of OpenTofu gave. */
export interface EngineResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A change of a plan, as `tofu show -json` writes it. */
export interface PlannedResource {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: Record<string, unknown> | null;
  };
}

/** An error that OpenTofu prints with `-json`. */
export interface EngineDiagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly snippet?: { readonly code: string };
}

const REPOSITORY = path.resolve(__dirname, "../../..");

/** The real engine. @throws when there is none */
export function findTofu(): string {
  const onPath = (process.env["PATH"] ?? "").split(path.delimiter).map((folder) => path.join(folder, "tofu"));
  const candidates = [process.env["PAVED_TOFU"], path.join(REPOSITORY, ".paved/bin/tofu"), ...onPath];
  const found = candidates.find((file) => file !== undefined && isExecutable(file));
  if (found === undefined) {
    throw new Error("these tests need the real OpenTofu: set PAVED_TOFU, build .paved/bin/tofu, or put tofu on PATH");
  }
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Stacks over one sandbox, each in its own folder with its own state, run by the real engine. */
export class Workbench {
  readonly root = mkdtempSync(path.join(os.tmpdir(), "paved-test-"));
  readonly sandbox = Sandbox.open({
    directory: path.join(this.root, "store"),
    cacheDirectory: path.join(this.root, "cache"),
  });
  private readonly tofu = findTofu();
  /** Calls that services do not answer. */
  outages: Outages | undefined;

  /** Writes the stack's configuration. */
  write(stack: string, configuration: object): void {
    const folder = path.join(this.root, stack);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(configuration, null, 2));
  }

  /** Runs OpenTofu on a stack within a session that serves what its configuration has. */
  async run(stack: string, ...args: string[]): Promise<EngineResult> {
    const folder = path.join(this.root, stack);
    const session = await this.sandbox.session(this.typesOf(stack));
    try {
      return await this.spawn(folder, args, session.reattach);
    } finally {
      await session.close();
    }
  }

  /** Applies, and sends a signal as soon as a number of objects exists. Resolves with the number that the state then has. */
  async applyUntil(stack: string, count: number, signal: "SIGINT" | "SIGKILL"): Promise<number> {
    const session = await this.sandbox.session(this.typesOf(stack));
    const args = ["apply", "-auto-approve", "-input=false", "-parallelism=1"];
    try {
      await this.spawn(path.join(this.root, stack), args, session.reattach, (child) => {
        const watch = setInterval(() => {
          if (this.sandbox.objects(stack).length >= count && child.kill(signal)) clearInterval(watch);
        }, 1);
        child.on("close", () => clearInterval(watch));
      });
      return this.known(stack).length;
    } finally {
      await session.close();
    }
  }

  /** What the stack's state has. */
  known(stack: string): { type: string; id: string }[] {
    const file = path.join(this.root, stack, "terraform.tfstate");
    if (!existsSync(file) || statSync(file).size === 0) return [];
    const state = JSON.parse(readFileSync(file, "utf8")) as {
      resources: { mode: string; type: string; instances: { attributes: { id: string } }[] }[];
    };
    const managed = state.resources.filter(({ mode }) => mode === "managed");
    return managed.flatMap(({ type, instances }) => instances.map(({ attributes }) => ({ type, id: attributes.id })));
  }

  /** Runs and expects success. */
  async succeed(stack: string, ...args: string[]): Promise<EngineResult> {
    const result = await this.run(stack, ...args);
    if (result.code !== 0)
      throw new Error(`tofu ${args.join(" ")} exited ${result.code}\n${result.stdout}\n${result.stderr}`);
    return result;
  }

  /** Applies, and gives the errors when that fails. */
  async apply(stack: string): Promise<EngineDiagnostic[]> {
    const { stdout } = await this.run(stack, "apply", "-auto-approve", "-input=false", "-json");
    return diagnosticsOf(stdout);
  }

  /** Plans, and gives the changes that the plan has; OpenTofu's own exit code says whether there are any. */
  async plan(stack: string): Promise<PlannedResource[]> {
    const { code, stdout, stderr } = await this.run(
      stack,
      "plan",
      "-input=false",
      "-detailed-exitcode",
      "-out=plan.bin",
      "-json",
    );
    if (code !== 0 && code !== 2) throw new Error(`plan exited ${code}\n${stdout}\n${stderr}`);
    if (code === 0) return [];
    const shown = await this.succeed(stack, "show", "-json", "plan.bin");
    const plan = JSON.parse(shown.stdout) as {
      resource_changes?: PlannedResource[];
      resource_drift?: PlannedResource[];
    };
    return (plan.resource_changes ?? []).filter(({ change }) => change.actions.join() !== "no-op");
  }

  /** Values of the stack's outputs. */
  async outputs(stack: string): Promise<Record<string, unknown>> {
    const { stdout } = await this.succeed(stack, "output", "-json");
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Every file of every stack and of the store, relative to the root. */
  files(): string[] {
    const entries = readdirSync(this.root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.root, path.join(entry.parentPath, entry.name)));
  }

  /** The files that have a text. */
  grep(text: string): string[] {
    return this.files().filter((file) => readFileSync(path.join(this.root, file)).includes(text));
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  private typesOf(stack: string): SessionOptions {
    const file = path.join(this.root, stack, "main.tf.json");
    const { resource = {}, data = {} } = JSON.parse(readFileSync(file, "utf8")) as { resource?: object; data?: object };
    const state = this.known(stack).map(({ type }) => type);
    return {
      stack,
      resources: [...new Set([...Object.keys(resource), ...state])],
      dataSources: Object.keys(data),
      ...(this.outages === undefined ? {} : { outages: this.outages }),
    };
  }

  private spawn(
    folder: string,
    args: readonly string[],
    reattach: string,
    started?: (child: ChildProcess) => void,
  ): Promise<EngineResult> {
    const { TF_CLI_CONFIG_FILE: _, ...outer } = process.env;
    const env = {
      ...outer,
      TF_REATTACH_PROVIDERS: reattach,
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      TF_LOG: process.env["PAVED_TF_LOG"] ?? "",
    };
    return new Promise((resolve, reject) => {
      const child = spawn(this.tofu, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
      const texts = { stdout: "", stderr: "" };
      child.stdout.on("data", (chunk: Buffer) => (texts.stdout += chunk.toString("utf8")));
      child.stderr.on("data", (chunk: Buffer) => (texts.stderr += chunk.toString("utf8")));
      started?.(child);
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? -1, ...texts }));
    });
  }
}

function diagnosticsOf(stdout: string): EngineDiagnostic[] {
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  const messages = lines.map((line) => JSON.parse(line) as { type?: string; diagnostic?: EngineDiagnostic });
  return messages.flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? [diagnostic] : []));
}

/** The blocks that every test stack starts with. */
export const PROVIDERS = {
  terraform: {
    required_providers: {
      aws: { source: "registry.opentofu.org/hashicorp/aws" },
      kubernetes: { source: "registry.opentofu.org/hashicorp/kubernetes" },
      helm: { source: "registry.opentofu.org/hashicorp/helm" },
    },
  },
  provider: {
    aws: [
      { region: "eu-west-1", allowed_account_ids: ["111122223333"], default_tags: [{ tags: { team: "platform" } }] },
    ],
    kubernetes: [{ host: "https://cluster.example" }],
    helm: [{ kubernetes: { host: "https://cluster.example" } }],
  },
};
