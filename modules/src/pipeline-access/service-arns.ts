import type { Environment } from "@paved/model";
import type { PolicyConditions, PolicyStatement } from "../iam/policy";
import { pipelineRoleArn, PIPELINE_ROLES, type PipelineRole } from "../iam/pipeline-role";
import { CLOUDFRONT_REGION } from "../website/cloudfront-region";

type Place = Pick<Environment, "name" | "account" | "region">;

/** What of each service is the environment's: by name where its names bear the environment's, else by account. */
const ARNS: Readonly<Record<string, (place: Place) => readonly string[]>> = {
  acm: ({ account, region }) => inBoth(region, (each) => `arn:aws:acm:${each}:${account}:certificate/*`),
  cloudfront: ({ account }) => [`arn:aws:cloudfront::${account}:*`],
  // Images are their publishers', and nobody's account is in their ARNs.
  ec2: ({ account, region }) => [`arn:aws:ec2:${region}:${account}:*`, `arn:aws:ec2:${region}::image/*`],
  ecr: ({ account, region }) => [`arn:aws:ecr:${region}:${account}:repository/*`],
  eks: ({ account, region }) => [`arn:aws:eks:${region}:${account}:*`],
  elasticache: ({ account, region }) => [`arn:aws:elasticache:${region}:${account}:*`],
  iam: (place) => [
    `arn:aws:iam::${place.account}:role/paved-${place.name}-*`,
    ...(Object.keys(PIPELINE_ROLES) as PipelineRole[]).map((role) => pipelineRoleArn(place, role)),
    `arn:aws:iam::${place.account}:policy/paved-*`,
    `arn:aws:iam::${place.account}:oidc-provider/*`,
  ],
  kms: ({ name, account, region }) => [
    `arn:aws:kms:${region}:${account}:key/*`,
    `arn:aws:kms:${region}:${account}:alias/paved/${name}/*`,
  ],
  logs: ({ account, region }) => inBoth(region, (each) => `arn:aws:logs:${each}:${account}:*`),
  rds: ({ account, region }) => [`arn:aws:rds:${region}:${account}:*`],
  route53: () => ["arn:aws:route53:::hostedzone/*", "arn:aws:route53:::change/*"],
  s3: ({ name, account }) => [`arn:aws:s3:::paved-${name}-*-${account}`, `arn:aws:s3:::paved-${name}-*-${account}/*`],
  secretsmanager: ({ name, account, region }) => [`arn:aws:secretsmanager:${region}:${account}:secret:paved/${name}/*`],
  sns: ({ name, account, region }) => [`arn:aws:sns:${region}:${account}:paved-${name}-*`],
  sqs: ({ name, account, region }) => [`arn:aws:sqs:${region}:${account}:paved-${name}-*`],
  ssm: ({ name, account, region }) => [`arn:aws:ssm:${region}:${account}:parameter/paved/${name}/*`],
};

/** Services of the fleet, for example `ec2`. */
export const FLEET_SERVICES: readonly string[] = Object.keys(ARNS);

/**
 * Actions that no resource can be named for: the "Resource types" column of the Service Authorization Reference is empty
 * for them, as for all of EC2 that describes.
 */
const WITHOUT_RESOURCE: ReadonlySet<string> = new Set([
  "acm:RequestCertificate",
  "kms:CreateKey",
  "kms:ListAliases",
  "route53:CreateHostedZone",
  "sns:GetSubscriptionAttributes",
  "sns:SetSubscriptionAttributes",
  "sns:Unsubscribe",
  "ssm:DescribeParameters",
]);

/** The actions as statements: each on what of its service is the environment's, or else in the environment's regions alone. */
export function statementsFor(actions: readonly string[], place: Place): readonly PolicyStatement[] {
  const named = actions.filter((action) => !isWithoutResource(action));
  const services = [...new Set(named.map(serviceOf))];
  const statements = services.map((service) => ({
    actions: named.filter((action) => serviceOf(action) === service),
    resources: arnsOf(service, place),
  }));
  const rest = actions.filter(isWithoutResource);
  if (rest.length === 0) return statements;
  return [...statements, { actions: rest, resources: ["*"], conditions: inRegionsOf(place) }];
}

/** Service that an action is of: `ec2` of `ec2:CreateVpc`. */
export function serviceOf(action: string): string {
  return action.split(":")[0] ?? "";
}

function isWithoutResource(action: string): boolean {
  return action.startsWith("ec2:Describe") || WITHOUT_RESOURCE.has(action);
}

function arnsOf(service: string, place: Place): readonly string[] {
  const arns = ARNS[service];
  if (arns === undefined) throw new Error(`no ARNs are known for the service ${service}`);
  return arns(place);
}

/** Global services are asked in the region that CloudFront is. */
function inRegionsOf({ region }: Place): PolicyConditions {
  return { StringEquals: { "aws:RequestedRegion": [...new Set([region, CLOUDFRONT_REGION])] } };
}

function inBoth(region: string, arn: (region: string) => string): readonly string[] {
  return [...new Set([region, CLOUDFRONT_REGION])].map(arn);
}
