import type { Value } from "../../values/value";
import { defineBehaviour, refers } from "../define";
import type { Instance } from "../instance";
import { isWithin } from "./bounds";
import { isFree, isThere, lowered } from "./elasticache";
import { cacheIsConsistent, usersAreEncrypted } from "./elasticache-replication-group-checks";
import { kmsKeyUsable } from "./kms-key";
import { GIVEN_GROUPS } from "./security-group-rule";
import { zoneId } from "./zones";

const WORDS = { doing: "creating ElastiCache Replication Group", call: "ElastiCache: CreateReplicationGroup" };
/** Versions that AWS gives now, for those that are asked for. */
const LATEST: Readonly<Record<string, string>> = { redis: "7.1", valkey: "8.2" };
const PATCHED: Readonly<Record<string, string>> = { "7.2": "7.2.6", "8.0": "8.0.1" };

/** From this version on, encryption in transit can be turned on and off while the group is there. */
const ENCRYPTED_LATER = "7.0.5";

function isEarlier(version: Value | undefined, other: Value | undefined): boolean {
  if (typeof version !== "string" || typeof other !== "string") return false;
  const [left, right] = [version, other].map((text) => text.split(".").map(Number));
  const index = left!.findIndex((number, at) => number !== (right![at] ?? 0) && !Number.isNaN(number));
  return index >= 0 && left![index]! < (right![index] ?? 0);
}

function isClustered(it: Instance): boolean {
  const named = it.text("parameter_group_name") ?? "";
  return (
    it.text("cluster_mode") === "enabled" || (it.number("num_node_groups") ?? 1) > 1 || named.includes(".cluster.on")
  );
}

function membersOf(it: Instance): string[] {
  const id = lowered(it, "replication_group_id");
  const count = (length: number, digits: number): string[] =>
    Array.from({ length }, (_, index) => String(index + 1).padStart(digits, "0"));
  const nodes = count(it.number("num_cache_clusters") ?? (it.number("replicas_per_node_group") ?? 0) + 1, 3);
  if (!isClustered(it)) return nodes.map((node) => `${id}-${node}`);
  const each = count((it.number("replicas_per_node_group") ?? 0) + 1, 3);
  return count(it.number("num_node_groups") ?? 1, 4).flatMap((group) => each.map((node) => `${id}-${group}-${node}`));
}

/** Where clients connect to. Names in the certificate begin with the role, so those of encrypted groups do. */
function endpointsOf(it: Instance) {
  const id = lowered(it, "replication_group_id");
  const zone = zoneId(`${it.place.region}a`).split("-")[0];
  const at = (host: string): string => `${host}.${zone}.cache.amazonaws.com`;
  const [plain, isEncrypted] = [it.hex(6, "host"), it.isTrue("transit_encryption_enabled")];
  if (isClustered(it)) {
    const address = at(isEncrypted ? `clustercfg.${id}.${plain}` : `${id}.${plain}.clustercfg`);
    return { configuration_endpoint_address: address, primary_endpoint_address: "", reader_endpoint_address: "" };
  }
  return {
    configuration_endpoint_address: "",
    primary_endpoint_address: at(isEncrypted ? `master.${id}.${plain}` : `${id}.${plain}.ng.0001`),
    reader_endpoint_address: at(isEncrypted ? `replica.${id}.${plain}` : `${id}-ro.${plain}.ng.0001`),
  };
}

export const elasticacheReplicationGroup = defineBehaviour({
  type: "aws_elasticache_replication_group",
  id: (it) => lowered(it, "replication_group_id"),
  arn: (it) => it.arn("elasticache", `replicationgroup:${it.id}`),
  defaults: { automatic_failover_enabled: false, multi_az_enabled: false, port: 6379 },
  replaceOn: [
    "at_rest_encryption_enabled",
    "data_tiering_enabled",
    "global_replication_group_id",
    "kms_key_id",
    "network_type",
    "port",
    "replication_group_id",
    "security_group_names",
    "snapshot_arns",
    "snapshot_name",
    "subnet_group_name",
  ],
  replaceIf: {
    // ElastiCache goes from Redis to Valkey and to later versions, and never back.
    engine: (before, planned) => before["engine"] === "valkey" && planned["engine"] === "redis",
    engine_version: (before, planned) => isEarlier(planned["engine_version"], before["engine_version"]),
    transit_encryption_enabled: (before) => isEarlier(before["engine_version_actual"], ENCRYPTED_LATER),
  },
  recompute: {
    engine_version_actual: ["engine", "engine_version"],
    member_clusters: ["num_cache_clusters", "num_node_groups", "replicas_per_node_group"],
    num_cache_clusters: ["num_node_groups", "replicas_per_node_group"],
    parameter_group_name: ["engine", "engine_version"],
    primary_endpoint_address: ["transit_encryption_enabled"],
    reader_endpoint_address: ["transit_encryption_enabled"],
    replicas_per_node_group: ["num_cache_clusters"],
    transit_encryption_mode: ["transit_encryption_enabled"],
  },
  computed: (it) => {
    const engine = it.text("engine") ?? "redis";
    const version = it.text("engine_version") ?? LATEST[engine] ?? "";
    const clustered = isClustered(it);
    const members = membersOf(it);
    const groups = it.number("num_node_groups") ?? 1;
    return {
      ...endpointsOf(it),
      apply_immediately: false,
      at_rest_encryption_enabled: String(engine === "valkey"),
      auto_minor_version_upgrade: "true",
      cluster_enabled: clustered,
      cluster_mode: clustered ? "enabled" : "disabled",
      data_tiering_enabled: false,
      engine,
      engine_version: version,
      engine_version_actual: PATCHED[version] ?? (/^\d+\.\d+$/.test(version) ? `${version}.0` : version),
      global_replication_group_id: "",
      ip_discovery: "ipv4",
      maintenance_window: "sun:05:00-sun:06:00",
      member_clusters: members,
      network_type: "ipv4",
      num_cache_clusters: members.length,
      num_node_groups: groups,
      parameter_group_name: `default.${engine}${version.split(".")[0]}${clustered ? ".cluster.on" : ""}`,
      replicas_per_node_group: members.length / groups - 1,
      security_group_ids: [],
      security_group_names: [],
      snapshot_window: "03:00-04:00",
      subnet_group_name: "default",
      transit_encryption_enabled: false,
      transit_encryption_mode: it.isTrue("transit_encryption_enabled") ? "required" : "",
    };
  },
  validate: [...cacheIsConsistent(WORDS), ...isWithin({ snapshot_retention_limit: [0, 35] }, WORDS)],
  checks: [
    usersAreEncrypted(WORDS),
    isThere("subnet_group_name", "aws_elasticache_subnet_group", {
      ...WORDS,
      code: "CacheSubnetGroupNotFoundFault",
      message: (name) => `CacheSubnetGroup not found: ${name}`,
      given: (name) => name === "default",
    }),
    isThere("parameter_group_name", "aws_elasticache_parameter_group", {
      ...WORDS,
      code: "CacheParameterGroupNotFound",
      message: (name) => `CacheParameterGroup not found: ${name}`,
      given: (name) => name.startsWith("default."),
    }),
    refers("security_group_ids", "aws_security_group", {
      ...WORDS,
      also: GIVEN_GROUPS,
      code: "InvalidParameterValue",
      message: (id) => `Some security groups are not available: ${id}`,
    }),
    isThere("user_group_ids", "aws_elasticache_user_group", {
      ...WORDS,
      code: "UserGroupNotFound",
      message: (id) => `User Group ${id} not found.`,
    }),
    kmsKeyUsable("kms_key_id", WORDS),
    isFree("replication_group_id", {
      ...WORDS,
      code: "ReplicationGroupAlreadyExists",
      message: (it) => `Replication group ${it.text("replication_group_id")} already exists.`,
    }),
  ],
});
