import type { Value } from "../../values/value";
import { awsRefusal, type Check } from "../define";
import type { Instance } from "../instance";

interface Words {
  readonly doing: string;
  readonly call: string;
}

interface Fault {
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

type Rule = (it: Instance) => Fault | undefined;

/** Nothing in the configuration, as opposed to something that is not known yet. */
const isLeftOut = (it: Instance, path: string): boolean => (it.get(path) ?? null) === null;

const identifierIsAllowed: Rule = (it) => {
  const id = it.text("replication_group_id");
  if (id === undefined || (/^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{0,39}$/.test(id) && !id.endsWith("-"))) return undefined;
  return {
    path: "replication_group_id",
    message: `The parameter ReplicationGroupIdentifier is not a valid identifier: ${id}`,
    fix: "Use at most 40 letters, digits and single hyphens, beginning with a letter and not ending with a hyphen.",
  };
};

const hasNodeType: Rule = (it) =>
  isLeftOut(it, "node_type") && isLeftOut(it, "global_replication_group_id")
    ? {
        path: "node_type",
        message: `"node_type" is required unless "global_replication_group_id" is set.`,
        fix: "Set node_type, for example to cache.t4g.small.",
      }
    : undefined;

const failoverHasReplica: Rule = (it) => {
  if (!it.isTrue("automatic_failover_enabled") || it.text("cluster_mode") === "enabled") return undefined;
  // Groups of several shards fail over without replicas as well.
  const counts = ["num_node_groups", "replicas_per_node_group"].some((path) => !isLeftOut(it, path));
  const nodes = isLeftOut(it, "num_cache_clusters") ? 1 : it.number("num_cache_clusters");
  if (counts || nodes === undefined || nodes >= 2) return undefined;
  return {
    path: "automatic_failover_enabled",
    message: `"num_cache_clusters": must be at least 2 if automatic_failover_enabled is true`,
    fix: "Set num_cache_clusters to 2 or more, or automatic_failover_enabled to false.",
  };
};

const zonesHaveFailover: Rule = (it) =>
  it.isTrue("multi_az_enabled") && isOff(it.get("automatic_failover_enabled"))
    ? {
        path: "multi_az_enabled",
        message: "automatic_failover_enabled must be true if multi_az_enabled is true",
        fix: "Set automatic_failover_enabled to true, or multi_az_enabled to false.",
      }
    : undefined;

const isOff = (value: Value | undefined): boolean => (value ?? false) === false;

function accessIn(it: Instance): string | undefined {
  return ["user_group_ids", "auth_token"].find((name) => it.texts(name).length > 0 || it.text(name) !== undefined);
}

const notEncrypted = (path: string): Fault => ({
  path,
  message: "Access control needs encryption in transit: TransitEncryptionEnabled must be true.",
  fix: `Set transit_encryption_enabled to true, or leave out ${path}.`,
});

const accessAsksForEncryption: Rule = (it) => {
  const path = accessIn(it);
  return path !== undefined && isOff(it.get("transit_encryption_enabled")) ? notEncrypted(path) : undefined;
};

/** In a run, what is still open was left out, and is off. */
const accessIsEncrypted: Rule = (it) => {
  const path = accessIn(it);
  return path !== undefined && !it.isTrue("transit_encryption_enabled") ? notEncrypted(path) : undefined;
};

const oneKindOfAccess: Rule = (it) =>
  it.text("auth_token") !== undefined && it.texts("user_group_ids").length > 0
    ? {
        path: "auth_token",
        message: `"auth_token": conflicts with user_group_ids`,
        fix: "Keep the user groups, and leave out the token that all clients share.",
      }
    : undefined;

/** A key is for what is kept; Valkey keeps it encrypted unless it is told not to. */
const keyHasUse: Rule = (it) => {
  const encryption = it.get("at_rest_encryption_enabled") ?? String(it.text("engine") === "valkey");
  if (it.text("kms_key_id") === undefined || encryption !== "false") return undefined;
  return {
    path: "kms_key_id",
    message: "KmsKeyId can be specified only if AtRestEncryptionEnabled is true.",
    fix: "Set at_rest_encryption_enabled to true, or leave out kms_key_id.",
  };
};

const countsInOneWay: Rule = (it) => {
  const others = ["num_node_groups", "replicas_per_node_group"];
  const isGiven = (path: string): boolean => it.prior === undefined && it.number(path) !== undefined;
  const other = isGiven("num_cache_clusters") ? others.find(isGiven) : undefined;
  return other === undefined
    ? undefined
    : {
        path: "num_cache_clusters",
        message: `"num_cache_clusters": conflicts with ${other}`,
        fix: "Say how many nodes there are, or how many shards and replicas of each.",
      };
};

const inConfiguration = [
  identifierIsAllowed,
  hasNodeType,
  countsInOneWay,
  failoverHasReplica,
  zonesHaveFailover,
  oneKindOfAccess,
  keyHasUse,
  accessAsksForEncryption,
];

const checked =
  (words: Words) =>
  (rule: Rule): Check =>
  (it) => {
    const fault = rule(it);
    if (fault !== undefined) throw awsRefusal(it, { ...words, code: "InvalidParameterCombination", ...fault });
  };

/** What the attributes of a replication group must be to each other, as far as the configuration says. */
export function cacheIsConsistent(words: Words): readonly Check[] {
  return inConfiguration.map(checked(words));
}

/** Users sign in over encrypted connections alone. */
export function usersAreEncrypted(words: Words): Check {
  return checked(words)(accessIsEncrypted);
}
