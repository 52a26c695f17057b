import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { ApiClient } from "../api/api-client";
import { applyObjects, type KubernetesObject } from "../api/apply";
import { PavedError } from "@paved/model";

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/** Argo CD's own kinds, as files of its module. */
export const DEFINITION_FILES = ["application", "appproject", "applicationset"].map(
  (kind) => `manifests/crds/${kind}-crd.yaml`,
);

interface Definition {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/**
 * Brings Argo CD's own kinds, of the very version that is built, and waits until the API server has them.
 * @param files folder with the files of its module
 * @throws PavedError PVD9002 when the API server does not have them within a minute
 */
export async function bringKinds(client: ApiClient, files: string, fieldManager: string): Promise<void> {
  const definitions = DEFINITION_FILES.map(
    (file) => parse(readFileSync(path.join(files, file), "utf8")) as KubernetesObject,
  );
  await applyObjects(client, definitions, { fieldManager });
  for (const { metadata } of definitions) await established(client, metadata.name);
}

/** Waits until the API server serves a kind. @throws PavedError PVD9002 when it does not within a minute */
export async function established(client: ApiClient, name: string): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const { status } = await client.get<Definition>(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`);
    if (status?.conditions?.some((condition) => condition.type === "Established" && condition.status === "True"))
      return;
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
