import { spawn } from "node:child_process";
import path from "node:path";
import type { ApiAccess } from "../api/api-client";
import { encoded } from "../base64";
import type { ExecEntry, Placed } from "./entries";
import { noWayIn } from "./no-way-in";

const API = "client.authentication.k8s.io";
const VERSIONS = [`${API}/v1`, `${API}/v1beta1`];
const PATIENCE_MS = 60_000;

/** Who somebody is, as their program says: a token, or a certificate with its key. */
export type Credential = Pick<ApiAccess, "token" | "certificate" | "key">;

interface ExecCredential {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly status?: {
    readonly token?: string;
    readonly clientCertificateData?: string;
    readonly clientKeyData?: string;
  };
}

/** What the program is told of the cluster, where it asks to be. */
export interface ClusterInfo {
  readonly server: string;
  readonly authority?: string;
}

/**
 * Asks the program of a kubeconfig who its user is, by the protocol of Kubernetes for such programs
 * (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins). It may ask a person at a
 * terminal.
 * @param user name of the user, for what is said when it fails
 * @param patienceMs after how many milliseconds it is given up, with all that it started, where nobody is asked
 * @throws PavedError PVD9007 when it is not there, fails, says nothing for a minute where nobody is asked, or says anything else
 */
export async function execCredential(
  user: string,
  { entry, folder }: Placed<ExecEntry>,
  cluster: ClusterInfo,
  patienceMs: number = PATIENCE_MS,
): Promise<Credential> {
  const { apiVersion, command, interactiveMode = "IfAvailable" } = entry;
  const where = `${user}, by ${command}`;
  if (typeof command !== "string") throw noWayIn(`user ${user}`, "exec without a command", "a program");
  if (!VERSIONS.includes(apiVersion)) throw noWayIn(where, `${apiVersion}`, `one of ${VERSIONS.join(", ")}`);
  const isAsked = process.stdin.isTTY === true && interactiveMode !== "Never";
  if (interactiveMode === "Always" && !isAsked) throw noWayIn(where, "nobody to ask", "a terminal");
  const info = {
    apiVersion,
    kind: "ExecCredential",
    spec: {
      interactive: isAsked,
      ...(entry.provideClusterInfo === true
        ? {
            cluster: {
              server: cluster.server,
              "certificate-authority-data": cluster.authority && encoded(cluster.authority),
            },
          }
        : {}),
    },
  };
  const told = Object.fromEntries((entry.env ?? []).map(({ name, value }) => [name, value]));
  const { code, out, err } = await run(placed(command, folder), entry.args ?? [], {
    isAsked,
    patienceMs,
    variables: { ...process.env, ...told, KUBERNETES_EXEC_INFO: JSON.stringify(info) },
  });
  if (code === "ENOENT")
    throw noWayIn(
      where,
      "no such program",
      "one on the PATH",
      entry.installHint?.trim().split("\n")[0] ?? `install ${command}`,
    );
  if (code !== 0) throw noWayIn(where, `it ended with ${code}: ${lastLine(err)}`, "a credential");
  return credentialIn(out, apiVersion) ?? fail(where);
}

function fail(where: string): never {
  throw noWayIn(where, "an answer without a token and without a certificate with its key", "an ExecCredential");
}

function credentialIn(text: string, apiVersion: string): Credential | undefined {
  let said: ExecCredential | null;
  try {
    said = JSON.parse(text) as ExecCredential | null;
  } catch {
    return undefined;
  }
  const { token, clientCertificateData: certificate, clientKeyData: key } = said?.status ?? {};
  if (said?.kind !== "ExecCredential" || said.apiVersion !== apiVersion) return undefined;
  const isPair = certificate !== undefined && key !== undefined;
  return token === undefined && !isPair ? undefined : { token, ...(isPair ? { certificate, key } : {}) };
}

/** A program with a folder in its name is found from the kubeconfig's; any other one on the PATH. */
function placed(command: string, folder: string): string {
  return command.includes(path.sep) ? path.resolve(folder, command) : command;
}

interface Started {
  /** Whether a person is at a terminal, whom it may ask. */
  readonly isAsked: boolean;
  readonly variables: NodeJS.ProcessEnv;
  readonly patienceMs: number;
}

function run(program: string, words: readonly string[], { isAsked, variables, patienceMs }: Started) {
  return new Promise<{ readonly code: number | string; readonly out: string; readonly err: string }>((resolve) => {
    const child = spawn(program, words, {
      env: variables,
      // A group of its own, so that what it starts itself ends with it. At a terminal it would not be let read.
      detached: !isAsked,
      stdio: [isAsked ? "inherit" : "ignore", "pipe", isAsked ? "inherit" : "pipe"],
    });
    // Node's own timeout would outlive a program that is not there.
    const timer = isAsked ? undefined : setTimeout(() => giveUp(), patienceMs);
    const end = (code: number | string): void => {
      clearTimeout(timer);
      resolve({ code, out, err });
    };
    const giveUp = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      end(`nothing after ${patienceMs / 1000} s`);
    };
    let [out, err] = ["", ""];
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    child.on("close", (code, signal) => end(code ?? signal ?? "nothing"));
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) || "it said nothing";
}
