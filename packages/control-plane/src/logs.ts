import { existsSync, readFileSync } from "node:fs";
import { PavedError } from "@paved/model";
import { ALL_COMPONENT_NAMES, type ComponentName } from "./components/names";
import { type ControlPlaneSite, EnvironmentFolder } from "./site";

/** The last lines that one component wrote. */
export interface ComponentLog {
  readonly component: ComponentName;
  readonly lines: readonly string[];
}

/**
 * The last lines of each component's log, as it was since its last start.
 * @param only the component to read. @default - all that wrote any
 * @throws PavedError PVD9003 when there was never a control plane in the environment
 */
export function logsOf(
  site: ControlPlaneSite,
  environment: string,
  { lines, only }: { readonly lines: number; readonly only?: ComponentName },
): readonly ComponentLog[] {
  const folder = new EnvironmentFolder(site, environment);
  const components = only === undefined ? ALL_COMPONENT_NAMES : [only];
  const there = components.filter((name) => existsSync(folder.log(name)));
  if (there.length === 0) {
    throw new PavedError({
      code: "PVD9003",
      where: environment,
      got: "no log of a control plane",
      want: "one that was started",
      fix: `run paved sandbox up --env ${environment}`,
    });
  }
  return there.map((component) => ({ component, lines: tail(folder.log(component), lines) }));
}

function tail(file: string, lines: number): readonly string[] {
  const all = readFileSync(file, "utf8").split("\n");
  return all.slice(0, -1).slice(-lines);
}
