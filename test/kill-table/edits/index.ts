import type { Edit } from "../edit";
import { dataEdits } from "./data";
import { platformEdits } from "./platform";
import { podEdits } from "./pods";
import { rawEdits } from "./raw";
import { serviceEdits } from "./services";
import { stateEdits } from "./state";

/** All unsafe edits, each of which is to be caught. */
export const edits: readonly Edit[] = [
  ...dataEdits,
  ...platformEdits,
  ...podEdits,
  ...serviceEdits,
  ...rawEdits,
  ...stateEdits,
];
