import type { Environment } from "@paved/model";

/** What small, medium and large mean for a database, on burstable (`t4g`) or steady (`m7g`) instances. */
export function databaseSizes(family: "t4g" | "m7g"): Environment["database"]["sizes"] {
  const [small, medium, large] =
    family === "t4g" ? (["small", "medium", "large"] as const) : (["large", "xlarge", "2xlarge"] as const);
  return {
    small: { instanceClass: `db.${family}.${small}`, storageGiB: 20, maxStorageGiB: 100 },
    medium: { instanceClass: `db.${family}.${medium}`, storageGiB: 100, maxStorageGiB: 500 },
    large: { instanceClass: `db.${family}.${large}`, storageGiB: 500, maxStorageGiB: 2000 },
  };
}

/** What small, medium and large mean for a cache, on burstable (`t4g`) or steady (`m7g`) nodes. */
export function cacheSizes(family: "t4g" | "m7g"): Environment["cache"]["sizes"] {
  const [small, medium, large] =
    family === "t4g" ? (["micro", "small", "medium"] as const) : (["large", "xlarge", "2xlarge"] as const);
  return {
    small: { nodeType: `cache.${family}.${small}` },
    medium: { nodeType: `cache.${family}.${medium}` },
    large: { nodeType: `cache.${family}.${large}` },
  };
}

/** What small, medium and large mean for a pod. */
export const workloadSizes: Environment["workload"]["sizes"] = {
  small: { cpu: "100m", memory: "256Mi", cpuLimit: "500m" },
  medium: { cpu: "250m", memory: "512Mi", cpuLimit: "1" },
  large: { cpu: "1", memory: "2Gi", cpuLimit: "2" },
};
