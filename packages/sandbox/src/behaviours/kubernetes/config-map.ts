import { Refusal } from "../../protocol/diagnostics";
import { canonical } from "../../values/equality";
import type { Check } from "../define";
import { objectMeta } from "./object";

const isMutable: Check = (it) => {
  const { prior } = it;
  if (prior === undefined || !prior.isTrue("immutable")) return;
  const changed = ["data", "binary_data"].find((name) => canonical(prior.get(name)) !== canonical(it.get(name)));
  if (changed === undefined) return;
  const detail = "Give the object another name, so that a new one replaces it.";
  throw new Refusal(`${changed}: Forbidden: field is immutable when \`immutable\` is set`, detail, [changed]);
};

export const configMap = objectMeta({
  type: "kubernetes_config_map_v1",
  kind: "configmaps",
  defaults: { immutable: false },
  checks: [isMutable],
});
