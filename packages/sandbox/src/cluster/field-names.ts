import type { NestedBlock } from "../schema/model";
import type { Fields } from "./cluster";

/** Fields that have another name in the provider than in Kubernetes, beside all that differ by case and number alone. */
export type Renamed = Readonly<Record<string, string>>;

/**
 * The field that an attribute or a block is of: `api_group` is `apiGroup`, `cluster_ip` is `clusterIP`, and blocks that
 * repeat are named for one: `rule` is `rules`, `network_policy` is `networkPolicies`.
 * @returns undefined for what the provider has for itself, such as `wait_for_default_service_account`
 */
export function fieldOf(name: string, fields: Fields, renamed: Renamed): string | undefined {
  const plain = (renamed[name] ?? name).replaceAll("_", "").toLowerCase();
  const wanted = [plain, `${plain}s`, `${plain}es`, plain.replace(/y$/, "ies")];
  const names = Object.keys(fields);
  return wanted.flatMap((one) => names.filter((field) => field.toLowerCase() === one))[0];
}

/**
 * Whether a block is the provider's way to put fields together that are the ones around it in Kubernetes:
 * `persistent_volume_source` of a persistent volume.
 */
export function isInline({ name, block }: NestedBlock, fields: Fields, renamed: Renamed): boolean {
  const parts = [...block.attributes, ...block.blocks];
  return (
    fieldOf(name, fields, renamed) === undefined &&
    parts.length > 0 &&
    parts.every((part) => fieldOf(part.name, fields, renamed) !== undefined)
  );
}
