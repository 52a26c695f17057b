import type { Environment } from "@paved/model";

/** One repository applies to every environment; which of them a workflow may touch, its account's roles say. */
export const pipeline: Environment["pipeline"] = { repository: "paved-example/paved", branch: "main" };
