import type { Environment } from "@paved/model";

/** Who may agree to deviations, the same in every environment. */
export const approvers: Environment["approvers"] = {
  anyRule: ["security"],
  uncriticalRules: ["platform"],
};
