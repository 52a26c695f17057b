export { PavedError } from "@paved/model";
export { Workspace } from "@paved/pipeline";
export { doctorCommand } from "./doctor";
export { explainCommand } from "./explain";
export { graphCommand } from "./graph";
export { listCommand } from "./list";
export { applyCommand, destroyCommand, planCommand, rehearseCommand } from "./run-stacks";
export { driftCommand, objectsCommand, resetCommand } from "./sandbox";
export { synthCommand } from "./synth";
