import type { Instance } from "../behaviours/instance";
import type { Invent } from "../plan/complete";
import type { ProviderName } from "../schema/providers";

/** Values for computed attributes that no behaviour knows: empty where something could have been set, otherwise made up. */
export function inventor(provider: ProviderName, it: Instance): Invent {
  return ({ name, type, optional }) => {
    if (type === "string") {
      if (!optional) return `${name.replaceAll("_", "-")}-${it.hex(8, name)}`;
      return provider === "helm" ? null : "";
    }
    if (type === "number") return 0;
    if (type === "bool") return false;
    if (type === "dynamic" || type[0] === "object") return null;
    return type[0] === "map" ? {} : [];
  };
}
