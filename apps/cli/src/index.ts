export { COMMANDS, GLOBAL_OPTIONS } from "./command-table";
export type { ArgumentSpec, CommandSpec, OptionSpec } from "./command-spec";
export { EXIT_CODES } from "./exit-codes";
export { main } from "./main";
