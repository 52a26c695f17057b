export { buildPrograms, type BuildOptions } from "./build";
export { BuildReport } from "./build-report";
export { binaryOf, isCurrent, type PinnedModule, pinnedVersion, type Program, writeStamp } from "./pinned-module";
