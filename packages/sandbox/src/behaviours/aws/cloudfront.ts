import { isObject, type Value } from "../../values/value";
import { awsRefusal, type Check } from "../define";
import type { Facts } from "../facts";
import type { Instance } from "../instance";

/** The type of what everything else of CloudFront is for. */
export const DISTRIBUTION = "aws_cloudfront_distribution";

/** An id of a distribution or origin access control, and the form of all etags. */
export function cloudfrontId(it: Instance, salt: string): string {
  return `E${it.capitals(13, salt)}`;
}

/** An ARN in CloudFront, which is global: it has no region. */
export function cloudfrontArn(it: Instance, resource: string): string {
  return it.arn("cloudfront", resource, "");
}

/** All values at a dotted path, through every occurrence of the blocks on the way. */
export function everyText(value: Value | undefined, dotted: string): string[] {
  const [name, ...rest] = dotted.split(".");
  if (Array.isArray(value)) return value.flatMap((item) => everyText(item, dotted));
  if (!isObject(value)) return [];
  const next = value[name!];
  if (rest.length > 0) return everyText(next, rest.join("."));
  return [next].flat().filter((item) => typeof item === "string" && item !== "") as string[];
}

/** The behaviours of a distribution: the default one and those of paths. */
export const CACHE_BEHAVIOURS = ["default_cache_behavior", "ordered_cache_behavior"];

/** What a distribution still uses cannot be deleted. */
export function notOfDistribution(
  paths: readonly string[],
  as: string,
  words: { readonly what: string; readonly call: string; readonly code: string },
): Check {
  const check = (it: Instance): void => {
    const mine = it.text(as) ?? "";
    const uses = (other: Facts): boolean => paths.some((path) => everyText(other.values, path).includes(mine));
    const user = it.all(DISTRIBUTION).find(uses);
    if (user === undefined) return;
    const message = `Cannot delete the ${words.what} because it is attached to one or more distributions`;
    const fix = `Take it off ${DISTRIBUTION} ${user.id}, or destroy that first.`;
    throw awsRefusal(it, { ...words, doing: `deleting CloudFront ${words.what}`, message, fix });
  };
  return Object.assign(check, { reads: [...paths.map((path) => ({ type: DISTRIBUTION, path })), { path: as }] });
}
