import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { ApiClient } from "../api/api-client";
import { applyObjects, type ApplyOptions, type KubernetesObject } from "../api/apply";
import { PavedError } from "@paved/model";

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/** Argo CD's own kinds, as files of its module. */
export const DEFINITION_FILES = ["application", "appproject", "applicationset"].map(
  (kind) => `manifests/crds/${kind}-crd.yaml`,
);

/** By this it is known whether a kind is there as it is to be brought. */
const DIGEST = "paved.dev/definition-digest";
const PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

interface Definition extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/**
 * Brings the kinds of what delivers, of the very version that is built, and waits until the API server has them.
 * @param files each with the definition of one, of its module
 * @throws as {@link bringDefinitions} does
 */
export function bringKinds(client: ApiClient, files: readonly string[], fieldManager: string): Promise<void> {
  const definitions = files.map((file) => parse(readFileSync(file, "utf8")) as KubernetesObject);
  return bringDefinitions(client, definitions, { fieldManager });
}

/**
 * Brings kinds, and waits until the API server serves them. Those that are there already, as they were brought before, are
 * left alone.
 * @throws PavedError PVD9002 when one is not served within a minute, or the reason of the signal
 */
export async function bringDefinitions(
  client: ApiClient,
  definitions: readonly KubernetesObject[],
  options: Pick<ApplyOptions, "fieldManager" | "signal">,
): Promise<void> {
  const { items } = await client.get<{ readonly items: readonly Definition[] }>(PATH, options.signal);
  const there = new Map(items.filter(isServed).map(({ metadata }) => [metadata.name, metadata.annotations?.[DIGEST]]));
  const wanted = definitions.map(withDigest).filter(({ name, digest }) => there.get(name) !== digest);
  await applyObjects(
    client,
    wanted.map(({ definition }) => definition),
    options,
  );
  for (const { name } of wanted) await served(client, name, options.signal);
}

function withDigest(plain: KubernetesObject) {
  const { metadata } = plain;
  const digest = createHash("sha256").update(JSON.stringify(plain)).digest("hex");
  const annotations = { ...metadata.annotations, [DIGEST]: digest };
  return { name: metadata.name, digest, definition: { ...plain, metadata: { ...metadata, annotations } } };
}

function isServed({ status }: Definition): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === "Established" && is === "True") === true;
}

async function served(client: ApiClient, name: string, signal: AbortSignal | undefined): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    if (isServed(await client.get<Definition>(`${PATH}/${name}`, signal))) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new PavedError({
    code: "PVD9002",
    where: name,
    got: `a kind that is not served after ${PATIENCE_MS / 1000} s`,
    want: "one that is served",
    fix: "run paved sandbox down, then up",
  });
}
