export { buildPrograms, type BuildOptions } from "./build";
export { BuildReport } from "./build-report";
export { findGo } from "./find-go";
export {
  binaryOf,
  fileOf,
  isCurrent,
  pinOf,
  type PinnedModule,
  pinnedVersion,
  type Program,
  type SourcePatch,
  writeStamp,
} from "./pinned-module";
