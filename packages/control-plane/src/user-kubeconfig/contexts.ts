import { readFileSync } from "node:fs";
import path from "node:path";
import { createSecureContext } from "node:tls";
import type { ApiAccess } from "../api/api-client";
import { decoded } from "../base64";
import { type ClusterEntry, type KubeconfigEntries, type Placed, readEntries, type UserEntry } from "./entries";
import { type Credential, execCredential } from "./exec-credential";
import { noWayIn } from "./no-way-in";

/** A context of a user's kubeconfig. */
export interface UserContext {
  readonly name: string;
  /** Name of its cluster: the ARN, where EKS wrote it. */
  readonly cluster: string;
}

/** The contexts of a user's kubeconfig. @throws PavedError PVD9007 for a file that is no kubeconfig */
export function userContexts(files: readonly string[]): readonly UserContext[] {
  return [...readEntries(files).contexts].map(([name, { entry }]) => ({ name, cluster: entry.cluster }));
}

/**
 * What a context of a user's kubeconfig gives: certificates, a token, or what a program says, for example `aws eks get-token`. A
 * server whose certificate is not to be looked at is refused.
 * @throws PavedError PVD9007 when it gives nothing that can be used, PVD9007 for a program that fails
 */
export async function userAccess(files: readonly string[], context: string): Promise<ApiAccess> {
  const entries = readEntries(files);
  const { cluster, user } = entries.contexts.get(context)?.entry ?? { cluster: "", user: "" };
  const server = reachable(context, entries, cluster);
  const found = entries.users.get(user);
  if (found === undefined) throw noWayIn(`context ${context}`, `no user ${user}`, "one of the kubeconfig");
  const access = { ...server, ...(await credentialOf(user, found, server)) };
  checkUsable(context, access);
  return access;
}

/** What Node could make no connection of is the kubeconfig's mistake, and is said of it. */
function checkUsable(context: string, { server, authority, certificate, key, token }: ApiAccess): void {
  const where = `context ${context}`;
  if (!URL.canParse(server)) throw noWayIn(where, server, "an address of https");
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw noWayIn(where, "a token of several lines or words", "a token");
  try {
    createSecureContext({ ca: authority, cert: certificate, key });
  } catch (error) {
    throw noWayIn(where, (error as Error).message, "certificates, and a key that is of them");
  }
}

function reachable(context: string, { clusters }: KubeconfigEntries, name: string): ApiAccess {
  const found = clusters.get(name);
  const where = `context ${context}`;
  if (found?.entry.server === undefined)
    throw noWayIn(where, `no cluster ${name} with a server`, "one of the kubeconfig");
  const { entry, folder } = found;
  const { server } = found.entry;
  if (entry["insecure-skip-tls-verify"] === true)
    throw noWayIn(where, "insecure-skip-tls-verify", "a server whose certificate is held against its authority");
  if (entry["proxy-url"] !== undefined) throw noWayIn(where, "proxy-url", "a cluster that is reached without a proxy");
  if (!server.startsWith("https://")) throw noWayIn(where, server, "an address of https");
  return {
    server: server.replace(/\/$/, ""),
    authority: authorityOf(where, entry, folder),
    serverName: entry["tls-server-name"],
  };
}

function authorityOf(where: string, entry: ClusterEntry, folder: string): string | undefined {
  return decoded(entry["certificate-authority-data"]) ?? fileOf(where, entry["certificate-authority"], folder);
}

async function credentialOf(
  user: string,
  { entry, folder }: Placed<UserEntry>,
  server: ApiAccess,
): Promise<Credential> {
  if (entry.exec !== undefined) return execCredential(user, { entry: entry.exec, folder }, server);
  const certificate = decoded(entry["client-certificate-data"]) ?? fileOf(user, entry["client-certificate"], folder);
  const key = decoded(entry["client-key-data"]) ?? fileOf(user, entry["client-key"], folder);
  const token = fileOf(user, entry.tokenFile, folder)?.trim() ?? entry.token;
  if (certificate !== undefined && key !== undefined) return { certificate, key };
  if (token !== undefined) return { token };
  throw noWayIn(`user ${user}`, "neither certificate, token nor program", "one of them");
}

function fileOf(where: string, file: string | undefined, folder: string): string | undefined {
  if (file === undefined) return undefined;
  const place = path.resolve(folder, file);
  try {
    return readFileSync(place, "utf8");
  } catch {
    throw noWayIn(where, `${place}, which cannot be read`, "a file that can");
  }
}
