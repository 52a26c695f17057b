import { PavedError } from "@paved/model";
import type { Mode, StateStore, Workspace } from "@paved/pipeline";
import type { CommandContext } from "../command-spec";

/** Where a command works: in the cloud, or in the sandbox that keeps its states in files or in S3. */
export interface Place {
  readonly mode: Mode;
  readonly workspace: Workspace;
}

/**
 * What `--live` and `--state` say.
 * @throws PavedError PVD4003 for both: in the cloud states are where the stacks say
 */
export function placeOf({ workspace, options }: Pick<CommandContext, "workspace" | "options">): Place {
  const state = options["state"] as StateStore | undefined;
  if (options["live"] !== true) return { mode: "sandbox", workspace: workspace.keepingStateIn(state ?? "file") };
  if (state === undefined) return { mode: "live", workspace };
  throw new PavedError({
    code: "PVD4003",
    where: "--state",
    got: `${state}, with --live`,
    want: "one of the two: in the cloud states are where the stacks say",
    fix: "leave out --state",
  });
}
