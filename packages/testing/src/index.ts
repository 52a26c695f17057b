export { synth, synthStack } from "./synth";
export { type Attributes, SynthesizedStack } from "./synthesized-stack";
