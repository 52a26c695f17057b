import { awsRefusal, type Check, defineBehaviour, unique } from "../define";
import { CACHE_BEHAVIOURS, cloudfrontArn, cloudfrontId, notOfDistribution } from "./cloudfront";

const WORDS = { doing: "creating CloudFront Cache Policy", call: "CloudFront: CreateCachePolicy" };
const PARAMETERS = "parameters_in_cache_key_and_forwarded_to_origin";
const DEFAULT_SECONDS = { default_ttl: 86_400, max_ttl: 31_536_000, min_ttl: 0 };

const timesFit: Check = (it) => {
  const [least, usual, most] = (["min_ttl", "default_ttl", "max_ttl"] as const).map((name) => {
    // What is left out has the default; what is not known yet is not compared.
    const seconds = it.get(name) ?? DEFAULT_SECONDS[name];
    return typeof seconds === "number" ? seconds : undefined;
  });
  if (least === undefined || usual === undefined || most === undefined) return;
  if (least <= usual && usual <= most) return;
  const message = "The parameter DefaultTTL must be between MinTTL and MaxTTL.";
  const fix = "Keep min_ttl <= default_ttl <= max_ttl.";
  throw awsRefusal(it, { ...WORDS, code: "InvalidArgument", message, fix, path: "default_ttl" });
};

const disabledAsksForNothing: Check = (it) => {
  if (it.get("max_ttl") !== 0) return;
  const flags = ["enable_accept_encoding_brotli", "enable_accept_encoding_gzip"].map((name) => `${PARAMETERS}.${name}`);
  const path = flags.find((flag) => it.isTrue(flag));
  if (path === undefined) return;
  const parameter = path.endsWith("gzip") ? "EnableAcceptEncodingGzip" : "EnableAcceptEncodingBrotli";
  const message = `The parameter ${parameter} is invalid for policy with caching disabled.`;
  const fix = "Leave it out, or set max_ttl to more than 0.";
  throw awsRefusal(it, { ...WORDS, code: "InvalidArgument", message, fix, path });
};

export const cloudfrontCachePolicy = defineBehaviour({
  type: "aws_cloudfront_cache_policy",
  id: (it) => it.uuid(),
  arn: (it) => cloudfrontArn(it, `cache-policy/${it.id}`),
  defaults: DEFAULT_SECONDS,
  computed: (it) => ({ etag: cloudfrontId(it, "etag") }),
  validate: [timesFit, disabledAsksForNothing],
  checks: [
    unique(["name"], {
      ...WORDS,
      code: "CachePolicyAlreadyExists",
      message: () => "A cache policy with the same name already exists.",
    }),
  ],
  canDelete: [
    notOfDistribution(
      CACHE_BEHAVIOURS.map((behaviour) => `${behaviour}.cache_policy_id`),
      "id",
      { what: "Cache Policy", call: "CloudFront: DeleteCachePolicy", code: "CachePolicyInUse" },
    ),
  ],
});
