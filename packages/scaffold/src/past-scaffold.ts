import { parseDocument } from "yaml";

/** What is to be known of a scaffold as it once was, to make its repository once more. */
export interface PastScaffold {
  readonly version: number;
  /** Folders below `templates`, as they were then. */
  readonly layers: readonly string[];
}

/** The steps of a Software Template that are looked at. */
interface Step {
  readonly action?: unknown;
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
  const inputs = steps.flatMap(({ action, input }) => {
    return action === "fetch:template" && input?.targetPath === "./repository" ? [input] : [];
  });
  const version = inputs[0]?.values?.version;
  if (typeof version !== "number") return undefined;
  return { version, layers: inputs.map(({ url }) => String(url).replace(/^\.\//, "")) };
}
