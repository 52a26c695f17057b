import { arnOf, beginsWithReference, hasWildcard } from "./arn";
import { shown } from "./attributes";
import { isNaming } from "./outsiders";
import type { Condition, Statement } from "./policy-document";
import type { ResourceSubject } from "./rule";

type Place = Pick<ResourceSubject, "stack" | "environment">;

/**
 * Resources that a controller of the platform makes, and that AWS gives their names: it cannot say them beforehand
 * (AWS service authorization reference, resource types).
 */
const NAMED_BY_AWS: readonly string[] = [
  "acm:certificate/",
  "ec2:coip-pool/",
  "ec2:security-group/",
  "elasticloadbalancing:listener-rule/",
  "elasticloadbalancing:listener/",
  "elasticloadbalancing:loadbalancer/",
  "elasticloadbalancing:targetgroup/",
  "wafv2:regional/webacl/",
];

/** What a statement reaches beyond resources that it names; nothing when a condition names them. */
export function wideResources(statement: Statement, place: Place): readonly string[] {
  const { conditions, resources, exceptResources } = statement;
  if (conditions.some((condition) => namesResources(condition, place))) return [];
  return [
    ...resources.filter((resource) => isWide(resource, place)),
    ...(exceptResources.length > 0 ? [`NotResource ${shown(exceptResources)}`] : []),
  ];
}

/** Keys that say which resource: its tags, what a key protects, whose linked role. */
const OF_RESOURCE = /:resourcetag\/.|^kms:encryptioncontext:|^iam:awsservicename$/;

function namesResources(condition: Condition, place: Place): boolean {
  if (!OF_RESOURCE.test(condition.key) || !isNaming(condition)) return false;
  return condition.values.every((value) => (arnOf(value) === undefined ? !hasWildcard(value) : !isWide(value, place)));
}

function isWide(resource: string, place: Place): boolean {
  if (beginsWithReference(resource)) return false;
  const arn = arnOf(resource);
  if (arn === undefined) return true;
  if ([arn.partition, arn.service, arn.region, arn.account].some(hasWildcard)) return true;
  const wildcard = arn.resource.search(/[*?]/);
  if (wildcard === -1) return false;
  const before = arn.resource.slice(0, wildcard);
  // The name of a bucket is the first part of it, and has no account.
  if (arn.service === "s3" && arn.account === "" && before.includes("/")) return false;
  if (isOwnName(before.replace(/^[\w-]+[/:]/, ""), place)) return false;
  return !(
    place.stack === `${place.environment.name}-platform` &&
    NAMED_BY_AWS.some((type) => `${arn.service}:${before}`.startsWith(type))
  );
}

/** Whether a beginning of a name has the service's own name in it, and of the platform's what it calls its own. */
function isOwnName(beginning: string, { stack, environment }: Place): boolean {
  const name = stack.replace(`${environment.name}-`, "");
  const own = PLATFORM.has(name) ? `paved-${environment.name}` : name;
  return `-${beginning.replaceAll(/[^A-Za-z0-9]+/g, "-")}`.replace("--", "-").includes(`-${own}-`);
}

const PLATFORM = new Set(["network", "cluster", "platform"]);
