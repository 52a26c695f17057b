import { parseDocument } from "yaml";
import type { Layer } from "./layer";

/** What is to be known of a scaffold as it once was, to make its repository once more. */
export interface PastScaffold {
  readonly version: number;
  readonly layers: readonly Layer[];
}

/** The steps of a Software Template that are looked at. */
interface Step {
  readonly action?: unknown;
  readonly if?: unknown;
  readonly input?: {
    readonly url?: unknown;
    readonly targetPath?: unknown;
    readonly values?: { readonly version?: unknown };
  };
}

/**
 * Reads a scaffold from its Software Template, which says at every commit what the scaffold was then: unlike sources of this
 * package, in a form that Backstage has given and that outlasts it.
 * @returns nothing when it is none
 */
export function pastScaffold(text: string): PastScaffold | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const steps = (document.toJS() as { readonly spec?: { readonly steps?: readonly Step[] } } | null)?.spec?.steps ?? [];
  const fetches = steps.filter(({ action, input }) => {
    return action === "fetch:template" && input?.targetPath === "./repository";
  });
  const version = fetches[0]?.input?.values?.version;
  return typeof version === "number" ? { version, layers: fetches.map(layerOf) } : undefined;
}

function layerOf({ input, if: condition }: Step): Layer {
  const folder = String(input?.url).replace(/^\.\//, "");
  const [, when] = /^\$\{\{ (.*) \}\}$/.exec(String(condition)) ?? [];
  return { folder, ...(when !== undefined && { when }) };
}
