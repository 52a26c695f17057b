import type { Edit } from "../edit";
import { dataEdits } from "./data";
import { permissionEdits } from "./permissions";
import { platformEdits } from "./platform";
import { podEdits } from "./pods";
import { rawEdits } from "./raw";
import { serviceEdits } from "./services";

/** All unsafe edits, each of which is to be caught. */
export const edits: readonly Edit[] = [
  ...dataEdits,
  ...permissionEdits,
  ...platformEdits,
  ...podEdits,
  ...serviceEdits,
  ...rawEdits,
];
