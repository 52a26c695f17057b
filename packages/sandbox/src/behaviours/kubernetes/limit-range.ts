import { objectMeta } from "./object";

export const limitRange = objectMeta({ type: "kubernetes_limit_range_v1", kind: "limitranges" });
