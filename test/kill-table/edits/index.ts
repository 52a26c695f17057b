import type { Edit } from "../edit";
import { accountEdits } from "./accounts";
import { benchmarkEdits } from "./benchmarks";
import { dataEdits } from "./data";
import { deliveryEdits } from "./delivery";
import { networkEdits } from "./networks";
import { permissionEdits } from "./permissions";
import { pipelineEdits } from "./pipeline";
import { platformEdits } from "./platform";
import { podEdits } from "./pods";
import { rawEdits } from "./raw";
import { serviceEdits } from "./services";
import { stateEdits } from "./state";
import { valueEdits } from "./values";

/** All unsafe edits, each of which is to be caught. */
export const edits: readonly Edit[] = [
  ...accountEdits,
  ...benchmarkEdits,
  ...dataEdits,
  ...deliveryEdits,
  ...networkEdits,
  ...permissionEdits,
  ...pipelineEdits,
  ...platformEdits,
  ...podEdits,
  ...rawEdits,
  ...serviceEdits,
  ...stateEdits,
  ...valueEdits,
];
