import type { CommandSpec, OptionSpec } from "./command-spec";
import { CHANGE_COMMANDS } from "./command-specs/changes";
import { CONTROL_PLANE_COMMANDS } from "./command-specs/control-plane";
import { ENVIRONMENT_COMMANDS } from "./command-specs/environments";
import { FLEET_COMMANDS } from "./command-specs/fleet";
import { MACHINE_COMMANDS } from "./command-specs/machine";
import { RELEASE_COMMANDS } from "./command-specs/releases";
import { SCAFFOLD_COMMANDS } from "./command-specs/scaffolds";
import { SERVICE_COMMANDS } from "./command-specs/service";
import { STACK_COMMANDS } from "./command-specs/stacks";

/** Every command of `paved`. */
export const COMMANDS: readonly CommandSpec[] = [
  ...SCAFFOLD_COMMANDS,
  ...RELEASE_COMMANDS,
  ...STACK_COMMANDS,
  ...CHANGE_COMMANDS,
  ...SERVICE_COMMANDS,
  ...FLEET_COMMANDS,
  ...ENVIRONMENT_COMMANDS,
  ...MACHINE_COMMANDS,
  ...CONTROL_PLANE_COMMANDS,
];

/** What commands of two words have in common, by the first. */
export const GROUPS: Readonly<Record<string, string>> = {
  pipeline: "Run the stages of the pipeline, here.",
  sandbox: "Look at and change the offline sandbox.",
};

/** Options of `paved` itself. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: "-C, --directory <path>", description: "run as if started in this directory" },
  { flags: "--no-color", description: "no colours; NO_COLOR does the same" },
];
