import type { Edit } from "../edit";
import { dataEdits } from "./data";
import { pipelineEdits } from "./pipeline";
import { platformEdits } from "./platform";
import { podEdits } from "./pods";
import { rawEdits } from "./raw";
import { serviceEdits } from "./services";

/** All unsafe edits, each of which is to be caught. */
export const edits: readonly Edit[] = [
  ...dataEdits,
  ...pipelineEdits,
  ...platformEdits,
  ...podEdits,
  ...serviceEdits,
  ...rawEdits,
];
