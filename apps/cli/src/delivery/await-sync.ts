import { type ApiClient, ARGO_CD_NAMESPACE, refresh } from "@paved/control-plane";
import { quantity } from "../terminal/quantity";

/** An application of Argo CD as it is. */
export interface AppliedApplication {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  /** The commit that it is synced to. */
  readonly revision: string;
  /** What is wrong, in Argo CD's words. @default - nothing */
  readonly message?: string;
  /** Whether it is synced to the commit that was waited for, and all that it has is as it should be. */
  readonly isWell: boolean;
}

interface Application {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly sync?: { readonly status?: string; readonly revision?: string };
    readonly health?: { readonly status?: string; readonly message?: string };
    readonly operationState?: { readonly phase?: string; readonly message?: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
  };
}

const POLL_MS = 500;
const REFRESH_MS = 5_000;

/** How it is waited. */
export interface SyncWait {
  readonly client: ApiClient;
  /** The commit that all applications are to be synced to. */
  readonly commit: string;
  /** Applications that there are to be, beside those that there are. */
  readonly names: readonly string[];
  /** Milliseconds until it is given up. */
  readonly patienceMs: number;
  /** Told what is not synced yet, when that changes. */
  readonly progress: (line: string) => void;
  /** Ends the wait. @default - nothing does */
  readonly signal?: AbortSignal;
}

/**
 * Waits until every application is synced to a commit and healthy, or the patience ends.
 * @returns all applications as they are then, those that are not well first
 */
export async function awaitSync(wait: SyncWait): Promise<readonly AppliedApplication[]> {
  let told = "";
  let asked = 0;
  for (const until = Date.now() + wait.patienceMs; ; await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
    const applications = await applicationsOf(wait);
    const waiting = applications.filter(({ isWell }) => !isWell);
    if (waiting.length === 0 || Date.now() > until || wait.signal?.aborted === true) {
      return [...waiting, ...applications.filter(({ isWell }) => isWell)];
    }
    const well = applications.length - waiting.length;
    const line = `${well} of ${quantity(applications.length, "application")} synced and healthy`;
    if (line !== told) wait.progress(line);
    told = line;
    if (Date.now() - asked > REFRESH_MS) {
      asked = Date.now();
      await askAgain(wait.client, waiting, wait.commit);
    }
  }
}

async function applicationsOf({ client, names, commit }: SyncWait): Promise<readonly AppliedApplication[]> {
  const path = `/apis/argoproj.io/v1alpha1/namespaces/${ARGO_CD_NAMESPACE}/applications`;
  const { items } = await client.get<{ readonly items: readonly Application[] }>(path);
  const there = items.map((application) => read(application, commit));
  const missing = names.filter((name) => !there.some((one) => one.name === name));
  const none = { sync: "Missing", health: "Missing", revision: "", isWell: false };
  return [...there, ...missing.map((name) => ({ name, ...none }))];
}

function read({ metadata: { name }, status = {} }: Application, commit: string): AppliedApplication {
  const { conditions = [], operationState: operation } = status;
  const sync = status.sync?.status ?? "Unknown";
  const health = status.health?.status ?? "Unknown";
  const revision = status.sync?.revision ?? "";
  const failed = operation?.phase === "Failed" || operation?.phase === "Error" ? operation.message : undefined;
  const error = conditions.find(({ type }) => type.endsWith("Error"))?.message;
  const isWell = sync === "Synced" && health === "Healthy" && revision === commit;
  return { name, sync, health, revision, message: error ?? failed ?? status.health?.message, isWell };
}

/** Those that have not seen the commit yet are told to look. */
async function askAgain(client: ApiClient, waiting: readonly AppliedApplication[], commit: string): Promise<void> {
  const behind = waiting.filter(({ revision, sync }) => revision !== commit && sync !== "Missing");
  await Promise.all(behind.map(({ name }) => refresh(client, name)));
}
