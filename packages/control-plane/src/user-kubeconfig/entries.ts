import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { noWayIn } from "./no-way-in";

/** A cluster as a kubeconfig has it. */
export interface ClusterEntry {
  readonly server?: string;
  readonly "certificate-authority"?: string;
  readonly "certificate-authority-data"?: string;
  readonly "tls-server-name"?: string;
  readonly "insecure-skip-tls-verify"?: boolean;
  readonly "proxy-url"?: string;
}

/** A program that says who somebody is. */
export interface ExecEntry {
  readonly apiVersion: string;
  readonly command: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly installHint?: string;
  readonly interactiveMode?: "Never" | "IfAvailable" | "Always";
  readonly provideClusterInfo?: boolean;
}

/** A user as a kubeconfig has it. */
export interface UserEntry {
  readonly "client-certificate"?: string;
  readonly "client-certificate-data"?: string;
  readonly "client-key"?: string;
  readonly "client-key-data"?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly exec?: ExecEntry;
}

/** Something of a kubeconfig, with the folder that its relative paths are of. */
export interface Placed<T> {
  readonly entry: T;
  readonly folder: string;
}

/** What all files of a kubeconfig say together. */
export interface KubeconfigEntries {
  readonly clusters: ReadonlyMap<string, Placed<ClusterEntry>>;
  readonly users: ReadonlyMap<string, Placed<UserEntry>>;
  readonly contexts: ReadonlyMap<string, Placed<{ readonly cluster: string; readonly user: string }>>;
}

/** The files of a user's kubeconfig, as kubectl finds them. @param variables for example `process.env` */
export function kubeconfigFiles(variables: NodeJS.ProcessEnv): readonly string[] {
  const named = (variables["KUBECONFIG"] ?? "").split(path.delimiter).filter((file) => file !== "");
  return named.length > 0 ? named : [path.join(variables["HOME"] ?? homedir(), ".kube", "config")];
}

/**
 * Reads a kubeconfig of several files, as kubectl does: what an earlier one has, a later one does not change, and one that is
 * not there is empty.
 * @throws PavedError PVD9007 for one that is no kubeconfig
 */
export function readEntries(files: readonly string[]): KubeconfigEntries {
  const read = files.filter((file) => existsSync(file)).map((file) => ({ file, content: contentOf(file) }));
  const collect = <T>(list: "clusters" | "users" | "contexts", key: "cluster" | "user" | "context") => {
    const found = new Map<string, Placed<T>>();
    for (const { file, content } of read)
      for (const one of content[list] ?? [])
        if (!found.has(one.name))
          found.set(one.name, { entry: (one[key] ?? {}) as T, folder: path.dirname(path.resolve(file)) });
    return found;
  };
  return {
    clusters: collect("clusters", "cluster"),
    users: collect("users", "user"),
    contexts: collect("contexts", "context"),
  };
}

type Named = Readonly<{ name: string; cluster?: object; user?: object; context?: object }>;
type Content = Partial<Readonly<Record<"clusters" | "users" | "contexts", readonly Named[] | null>>>;

function contentOf(file: string): Content {
  try {
    const content = (parse(readFileSync(file, "utf8")) ?? {}) as Content;
    if (isContent(content)) return content;
  } catch {
    // Neither text nor YAML: said below, without a word of what is in it.
  }
  throw noWayIn(file, "what is no kubeconfig", "one that kubectl reads");
}

function isContent(content: Content): boolean {
  const { clusters, users, contexts } = content;
  const isNamed = (one: unknown): boolean => typeof (one as Named | null)?.name === "string";
  const lists = [clusters ?? [], users ?? [], contexts ?? []];
  return typeof content === "object" && !Array.isArray(content) && lists.every((list) => list.every(isNamed));
}
