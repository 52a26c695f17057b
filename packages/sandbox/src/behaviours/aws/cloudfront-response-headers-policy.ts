import { isEmpty } from "../../values/value";
import { awsRefusal, type Check, defineBehaviour, unique } from "../define";
import { CACHE_BEHAVIOURS, cloudfrontArn, cloudfrontId, notOfDistribution } from "./cloudfront";

const WORDS = {
  doing: "creating CloudFront Response Headers Policy",
  call: "CloudFront: CreateResponseHeadersPolicy",
};
const SECTIONS = [
  "cors_config",
  "custom_headers_config",
  "remove_headers_config",
  "security_headers_config",
  "server_timing_headers_config",
];

const setsHeaders: Check = (it) => {
  if (SECTIONS.some((section) => !isEmpty(it.get(section)))) return;
  const message = "The response headers policy must have at least one section.";
  const fix = `Set one of ${SECTIONS.join(", ")}.`;
  throw awsRefusal(it, { ...WORDS, code: "InvalidArgument", message, fix });
};

export const cloudfrontResponseHeadersPolicy = defineBehaviour({
  type: "aws_cloudfront_response_headers_policy",
  id: (it) => it.uuid(),
  arn: (it) => cloudfrontArn(it, `response-headers-policy/${it.id}`),
  computed: (it) => ({ etag: cloudfrontId(it, "etag") }),
  validate: [setsHeaders],
  checks: [
    unique(["name"], {
      ...WORDS,
      code: "ResponseHeadersPolicyAlreadyExists",
      message: () => "A response headers policy with the same name already exists.",
    }),
  ],
  canDelete: [
    notOfDistribution(
      CACHE_BEHAVIOURS.map((behaviour) => `${behaviour}.response_headers_policy_id`),
      "id",
      {
        what: "Response Headers Policy",
        call: "CloudFront: DeleteResponseHeadersPolicy",
        code: "ResponseHeadersPolicyInUse",
      },
    ),
  ],
});
