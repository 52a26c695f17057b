import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Workspace } from "@paved/pipeline";
import { parseAllDocuments } from "yaml";

/** Where something of a service is to be seen. */
export interface ServiceLink {
  /** For example `dashboard`. */
  readonly type: string;
  /** For example `Dashboard (dev)`. */
  readonly title: string;
  readonly url: string;
  /** @default - it is of all environments */
  readonly environment?: string;
}

interface Entity {
  readonly kind?: string;
  readonly metadata?: {
    readonly links?: readonly { readonly url: string; readonly title: string; readonly type?: string }[];
  };
}

/** The links of a service, as its entry in the catalog has them. None before the first synth. */
export function linksOf({ output }: Workspace, service: string): readonly ServiceLink[] {
  const file = path.join(output, "catalog", `${service}.yaml`);
  if (!existsSync(file)) return [];
  const entities = parseAllDocuments(readFileSync(file, "utf8")).map((one) => one.toJS() as Entity | null);
  const component = entities.find((entity) => entity?.kind === "Component");
  return (component?.metadata?.links ?? []).map(({ url, title, type = "link" }) => ({
    type,
    title,
    url,
    environment: /\(([a-z][a-z0-9]*)\)$/.exec(title)?.[1],
  }));
}
