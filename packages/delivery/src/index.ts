export { masked } from "./address";
export { changesBetween, type DeliveryChanges, type Listing, type UnitChange } from "./changes";
export { ATTEMPTS, deliver, type Delivery, type DeliveryOptions, type RenderedFile } from "./deliver";
export { changesInWords } from "./message";
export { type Source, sourceOf } from "./source";
