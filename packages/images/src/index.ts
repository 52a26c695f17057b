export { copyImages, type CopiedImage, type CopyOptions } from "./copy-images";
export { type CopierOptions, ensureCopier, type ProgramSite } from "./programs";
export { type Registry, type ReleasedImage, releasedImages, type RenderedManifest } from "./released-images";
