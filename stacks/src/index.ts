export { buildFleet, type Delivery, type Fleet } from "./fleet";
export { checkServices, type LoadedService, loadServices, type ServiceFile } from "./services";
export { synthesize, type SynthesisOptions } from "./synthesize";
