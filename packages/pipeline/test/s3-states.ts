import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { readFleet } from "../src/workspace/fleet";
import { openStateServer, type StateAccess } from "../src/state-server/open";
import { scope } from "../src/state-server/server-calls";
import { stopServer } from "../src/state-server/server-process";
import type { Workspace } from "../src/workspace/workspace";
import { remove, type StackSpec, workspaceWith } from "./fleet-on-disk";

/** Time for what stands for S3 to be installed first. */
export const INSTALLING_MS = 300_000;

const REPOSITORY = path.join(__dirname, "../../..");
export const BUCKET = "paved-state-111111111111";

/** A stack with its state in S3 as every stack of the fleet has it. */
export function keptInS3(stack: StackSpec): StackSpec {
  const [environment, name] = stack.name.split("-") as [string, string];
  const target = { method: "method.aes_gcm.state", enforced: true };
  const region = "eu-west-1";
  const key = { kms_key_id: `alias/paved/${environment}/state/${name}`, key_spec: "AES_256", region };
  const terraform = {
    ...(stack.root as { readonly terraform?: object } | undefined)?.terraform,
    backend: {
      s3: {
        bucket: BUCKET,
        key: objectOf(stack.name),
        region,
        encrypt: true,
        kms_key_id: "alias/paved-state",
        use_lockfile: true,
      },
    },
    encryption: {
      key_provider: { aws_kms: { state: key } },
      method: { aes_gcm: { state: { keys: "key_provider.aws_kms.state" } } },
      state: target,
      plan: target,
    },
  };
  return { ...stack, root: { ...stack.root, terraform } };
}

/** Name of the object that the state of `dev-network` is. */
export function objectOf(stack: string): string {
  return `${stack.replace("-", "/")}.tfstate`;
}

/** A workspace whose sandbox keeps states in S3, and how to reach that. */
export async function s3Workspace(stacks: readonly StackSpec[]): Promise<S3Workspace> {
  const workspace = workspaceWith(stacks.map(keptInS3)).keepingStateIn("s3");
  const installed = path.join(REPOSITORY, ".paved", "state-server");
  mkdirSync(installed, { recursive: true });
  mkdirSync(workspace.paved, { recursive: true });
  symlinkSync(installed, workspace.stateServer);
  symlinkSync(path.join(REPOSITORY, "packages"), path.join(workspace.root, "packages"));
  return new S3Workspace(workspace, await open(workspace));
}

async function open(workspace: Workspace): Promise<StateAccess> {
  const access = await openStateServer(workspace, readFleet(workspace).stacks, () => {});
  return access as StateAccess;
}

export class S3Workspace {
  constructor(
    readonly workspace: Workspace,
    readonly access: StateAccess,
  ) {}

  get endpoint(): string {
    return this.access["AWS_ENDPOINT_URL"] as string;
  }

  /** What is noted of the server. */
  get server(): { readonly pid: number } {
    return JSON.parse(readFileSync(path.join(this.workspace.sandbox, "server.json"), "utf8")) as { pid: number };
  }

  /** Opens the server again, as the next command does. */
  reopened(): Promise<StateAccess> {
    return open(this.workspace);
  }

  /** An object as whoever reads the bucket sees it. */
  async object(name: string): Promise<string> {
    return (await this.get(`/${name}`)).text();
  }

  /** Ids of the versions that the bucket keeps of an object, the newest first. */
  async versions(name: string): Promise<readonly string[]> {
    const listed = await (await this.get("?versions")).text();
    const own = listed.split("<Version>").filter((version) => version.includes(`<Key>${name}</Key>`));
    return own.map((version) => /<VersionId>(.*?)<\/VersionId>/.exec(version)?.[1] as string);
  }

  /** Writes an object, as whoever may write the bucket can. */
  async put(name: string, body: string): Promise<void> {
    const answer = await fetch(`${this.endpoint}/${BUCKET}/${name}`, {
      method: "PUT",
      headers: { ...scope("eu-west-1", "s3"), "content-type": "application/json" },
      body,
    });
    if (!answer.ok) throw new Error(`S3 answered ${answer.status}`);
  }

  /** Deletes an object, as whoever may write the bucket can. @returns whether it was there */
  async delete(name: string): Promise<boolean> {
    if (!(await this.get(`/${name}`)).ok) return false;
    const headers = scope("eu-west-1", "s3");
    return (await fetch(`${this.endpoint}/${BUCKET}/${name}`, { method: "DELETE", headers })).ok;
  }

  private get(place: string): Promise<Response> {
    return fetch(`${this.endpoint}/${BUCKET}${place}`, { headers: scope("eu-west-1", "s3") });
  }

  remove(): void {
    stopServer(this.workspace);
    remove(this.workspace);
  }
}
