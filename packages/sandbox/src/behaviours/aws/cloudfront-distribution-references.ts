import { hasUnknown, isObject, type Value, type ValueObject } from "../../values/value";
import { awsRefusal, type Check } from "../define";
import type { Facts } from "../facts";
import type { Instance } from "../instance";
import { CACHE_BEHAVIOURS, everyText } from "./cloudfront";
import { MANAGED_POLICIES } from "./cloudfront-managed-policies";

const WORDS = { doing: "creating CloudFront Distribution", call: "CloudFront: CreateDistribution" };

/** What every text at one of the paths names must exist. */
function exists(
  paths: readonly string[],
  type: string,
  words: {
    readonly by: string;
    readonly code: string;
    readonly message: string;
    /** What it must be besides. @default - nothing */
    readonly isUsable?: (found: Facts) => boolean;
  },
): Check {
  const { isUsable = () => true } = words;
  const isThere = (found: Facts | undefined): boolean => found !== undefined && isUsable(found);
  const check = (it: Instance): void => {
    for (const path of paths) {
      const named = everyText(it.values, path).filter((value) => !MANAGED_POLICIES.has(value));
      const missing = named.find((value) => !isThere(it.find(type, words.by, value)));
      if (missing === undefined) continue;
      const fix = `Apply the ${type} first, or correct ${path}: nothing in this account is ${missing}.`;
      throw awsRefusal(it, { ...WORDS, ...words, fix, path });
    }
  };
  return Object.assign(check, { reads: [...paths.map((path) => ({ path })), { type, path: words.by }] });
}

const ofBehaviours = (path: string): string[] => CACHE_BEHAVIOURS.map((behaviour) => `${behaviour}.${path}`);

/** Policies, functions and access controls of this account that a distribution uses. */
export const referencesExist: readonly Check[] = [
  exists(ofBehaviours("cache_policy_id"), "aws_cloudfront_cache_policy", {
    by: "id",
    code: "NoSuchCachePolicy",
    message: "The cache policy does not exist.",
  }),
  exists(ofBehaviours("response_headers_policy_id"), "aws_cloudfront_response_headers_policy", {
    by: "id",
    code: "NoSuchResponseHeadersPolicy",
    message: "The response headers policy does not exist.",
  }),
  exists(ofBehaviours("function_association.function_arn"), "aws_cloudfront_function", {
    by: "arn",
    code: "InvalidFunctionAssociation",
    message: "The function ARN is not that of a published function.",
    isUsable: (found) => found.isTrue("publish"),
  }),
  exists(["origin.origin_access_control_id"], "aws_cloudfront_origin_access_control", {
    by: "id",
    code: "InvalidOriginAccessControl",
    message: "The origin access control does not exist.",
  }),
];

function behavioursOf(it: Instance): { readonly block: string; readonly behaviour: ValueObject }[] {
  return CACHE_BEHAVIOURS.flatMap((block) => {
    const occurrences: Value = it.get(block) ?? [];
    return Array.isArray(occurrences) ? occurrences.filter(isObject).map((behaviour) => ({ block, behaviour })) : [];
  });
}

/** Requests are answered from an origin, or a group of them, that the distribution has. */
export const targetsAreOrigins: Check = (it) => {
  if (hasUnknown(it.get("origin")) || hasUnknown(it.get("origin_group"))) return;
  const origins = ["origin.origin_id", "origin_group.origin_id"].flatMap((path) => everyText(it.values, path));
  for (const { block, behaviour } of behavioursOf(it)) {
    const target = behaviour["target_origin_id"];
    if (typeof target !== "string" || origins.includes(target)) continue;
    const message = "One or more of your origins or origin groups do not exist.";
    const fix = `Set target_origin_id to one of ${origins.join(", ")}.`;
    throw awsRefusal(it, { ...WORDS, code: "NoSuchOrigin", message, fix, path: `${block}.target_origin_id` });
  }
};

/** A behaviour says what is cached by a policy, or in the old way. */
export const policiesAreGiven: Check = (it) => {
  for (const { block, behaviour } of behavioursOf(it)) {
    const { cache_policy_id: policy, forwarded_values: values } = behaviour;
    if ((policy ?? null) !== null || (Array.isArray(values) ? values.length > 0 : hasUnknown(values))) continue;
    const message = "The parameter ForwardedValues is required.";
    const fix = `Set cache_policy_id in ${block}.`;
    throw awsRefusal(it, { ...WORDS, code: "InvalidArgument", message, fix, path: `${block}.cache_policy_id` });
  }
};
