import { attributeRule, one } from "../rule/attribute-rule";
import {
  asText,
  at,
  demand,
  isAtLeast,
  isFalse,
  isNotTrue,
  isSet,
  isTrue,
  shown,
  texts,
  unless,
} from "../rule/attributes";
import { areOf, isOwnKey } from "../rule/own";
import { type Attributes, type ResourceRule, resourceRule, type Violation } from "../rule/rule";

const CACHE = "aws_elasticache_replication_group";

/** Single commands that clients ask for when they connect. */
const HARMLESS = new Set([
  "+auth",
  "+client|setinfo",
  "+client|setname",
  "+echo",
  "+hello",
  "+info",
  "+ping",
  "+select",
]);

/**
 * What an access string lets in that it should not: a way without IAM, or commands that rule the server. Rights are read
 * from left to right, the last word on a category counts (ElastiCache user guide, "Specifying permissions using an access
 * string").
 */
function unsafeRights(access: string): readonly string[] {
  const words = access.trim().toLowerCase().split(/\s+/);
  const everything = words.findLastIndex((word) => word === "+@all" || word === "allcommands");
  const missing = ["-@admin", "-@dangerous"].filter((word) => words.lastIndexOf(word) < everything);
  const secrets = words.some((word) => /^[><#!]/.test(word)) ? ["a password"] : [];
  const wrong = words.filter(
    (word) => /^(nopass|\+@(admin|dangerous))$/.test(word) || (/^\+[^@]/.test(word) && !HARMLESS.has(word)),
  );
  return [...secrets, ...wrong, ...(everything === -1 ? [] : missing.map((word) => `+@all without ${word}`))];
}

/** What is wrong with how a user of caches signs in, and what it may do. */
function userFaults(attributes: Attributes): readonly Violation[] {
  return [
    ...unless(at(attributes, "authentication_mode.type") === "iam", "authentication_mode is not iam"),
    ...["passwords", "passwords_wo"].filter((name) => isSet(attributes[name])).map((got) => ({ got })),
    ...unless(isNotTrue(attributes["no_password_required"]), "no_password_required is true"),
    ...unless(attributes["user_name"] !== "default", "the user of everybody, default"),
    ...unless(isSet(attributes["access_string"]), "no access_string"),
    ...unsafeRights(asText(attributes["access_string"] ?? "")).map((got) => ({ got: `access_string with ${got}` })),
  ];
}

/** Rules on caches. */
export const cacheRules: readonly ResourceRule[] = [
  attributeRule({
    id: "AWS-ELC-001",
    title: "A cache is encrypted on disk with an own key",
    severity: "high",
    source: "Security Hub ElastiCache.4; CKV_AWS_29; CKV_AWS_191",
    why: "Sessions in a cache are as good as passwords.",
    want: "at_rest_encryption_enabled true and a kms_key_id of the account's own",
    fix: "make the cache with Cache, which brings its key",
    type: CACHE,
    demands: { at_rest_encryption_enabled: isTrue, kms_key_id: isOwnKey },
    fails: { at_rest_encryption_enabled: true, kms_key_id: "alias/aws/elasticache" },
    passes: { at_rest_encryption_enabled: true, kms_key_id: "${aws_kms_key.cache.arn}" },
  }),
  attributeRule({
    id: "AWS-ELC-002",
    title: "A cache speaks TLS alone",
    severity: "high",
    source: "Security Hub ElastiCache.5; CKV_AWS_30",
    why: "What travels in plain text can be read by whoever gets into the network.",
    want: "transit_encryption_enabled true, and not preferred but required",
    fix: "make the cache with Cache",
    type: CACHE,
    demands: {
      transit_encryption_enabled: isTrue,
      transit_encryption_mode: (mode) => mode === undefined || mode === "required",
    },
    fails: { transit_encryption_enabled: true, transit_encryption_mode: "preferred" },
    passes: { transit_encryption_enabled: true },
  }),
  resourceRule({
    id: "AWS-ELC-003",
    title: "Services enter a cache as themselves",
    severity: "high",
    source: "Security Hub ElastiCache.6; CKV_AWS_31",
    why: "A token in the JSON is in the plan and the state, and the same for everybody.",
    want: "user_group_ids and no auth_token; users by IAM, never default, whose access string takes -@admin and -@dangerous from +@all",
    fix: "make the cache with Cache",
    judges: [CACHE, "aws_elasticache_user", "aws_elasticache_user_group"],
    check: ({ type, attributes }) => {
      if (type === "aws_elasticache_user") return userFaults(attributes);
      if (type !== CACHE) return unless(!texts(attributes["user_ids"]).includes("default"), "user_ids with default");
      return [
        ...demand(attributes, "user_group_ids", areOf("aws_elasticache_user_group")),
        ...unless(!isSet(attributes["auth_token"]), "an auth_token"),
      ];
    },
    fails: one("aws_elasticache_user", {
      user_name: "orders",
      authentication_mode: { type: "no-password-required" },
      access_string: "on ~* +@all",
    }),
    passes: one("aws_elasticache_user", {
      user_name: "orders",
      authentication_mode: { type: "iam" },
      access_string: "on ~* +@all -@admin -@dangerous",
    }),
  }),
  resourceRule({
    id: "AWS-ELC-004",
    title: "A protected cache stands in two zones and fails over by itself",
    severity: "medium",
    source: "Security Hub ElastiCache.3; CKV2_AWS_50",
    why: "A zone fails about once a year; sessions in one zone end with it.",
    want: "automatic_failover_enabled and multi_az_enabled true where the environment is protected",
    fix: "leave the zones as Cache sets them",
    judges: [CACHE],
    appliesTo: ({ environment }) => environment.protected,
    check: ({ attributes }) =>
      ["automatic_failover_enabled", "multi_az_enabled"]
        .filter((name) => !isTrue(attributes[name]))
        .map((name) => ({ got: `${name} is ${shown(attributes[name])}` })),
    fails: one(CACHE, { automatic_failover_enabled: true }),
    passes: one(CACHE, { automatic_failover_enabled: true, multi_az_enabled: true }),
  }),
  attributeRule({
    id: "AWS-ELC-005",
    title: "A cache takes small upgrades by itself and is named by its version",
    severity: "medium",
    source: "Security Hub ElastiCache.2; CKV_AWS_322",
    why: "Fixes of security holes come as minor versions; a version that is not named differs by environment.",
    want: "engine_version, and auto_minor_version_upgrade true",
    fix: "make the cache with Cache",
    type: CACHE,
    demands: { engine_version: isSet, auto_minor_version_upgrade: (value) => !isFalse(value) },
    fails: { engine_version: "8.0", auto_minor_version_upgrade: false },
    passes: { engine_version: "8.0", auto_minor_version_upgrade: true },
  }),
  resourceRule({
    id: "AWS-ELC-007",
    title: "A protected cache is backed up",
    severity: "low",
    source: "Security Hub ElastiCache.1; CKV_AWS_134",
    why: "A cache that starts empty sends all its load to the database.",
    want: "snapshot_retention_limit of 1 day or more where the environment is protected",
    fix: "leave the snapshots as Cache sets them",
    judges: [CACHE],
    check: ({ attributes, environment }) =>
      unless(
        !environment.protected || isAtLeast(1)(attributes["snapshot_retention_limit"]),
        `snapshot_retention_limit is ${shown(attributes["snapshot_retention_limit"])}`,
      ),
    fails: one(CACHE, { snapshot_retention_limit: 0 }),
    passes: one(CACHE, { snapshot_retention_limit: 7 }),
  }),
  resourceRule({
    id: "AWS-ELC-008",
    title: "Caches are replication groups of Valkey that Cache makes",
    severity: "medium",
    source: "Paved: what the rules do not know they do not judge",
    why: "No rule here knows memcached, which has no users, or what is without servers.",
    want: "an aws_elasticache_replication_group with engine valkey",
    fix: "use Cache, or bring rules for the engine first",
    judges: [
      CACHE,
      "aws_elasticache_cluster",
      "aws_elasticache_serverless_cache",
      "aws_memorydb_cluster",
      "aws_dax_cluster",
    ],
    check: ({ type, attributes }) =>
      unless(type === CACHE && attributes["engine"] === "valkey", `${type} with engine ${shown(attributes["engine"])}`),
    fails: one("aws_elasticache_cluster", { engine: "memcached" }),
    passes: one(CACHE, { engine: "valkey" }),
  }),
];
