export { masked } from "./address";
export { changesBetween, type DeliveryChanges, type Listing, type UnitChange } from "./changes";
export { deliver, type DeliveryOptions, type RenderedFile } from "./deliver";
export { ATTEMPTS, type Delivery, type DeliveryTarget } from "./folder-commit";
export { changesInWords } from "./message";
export { type Source, sourceOf } from "./source";
export { withdraw, type WithdrawalOptions } from "./withdraw";
