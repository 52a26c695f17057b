import { defineBehaviour, unique } from "../define";
import { cloudfrontArn, cloudfrontId, notOfDistribution } from "./cloudfront";

export const cloudfrontOriginAccessControl = defineBehaviour({
  type: "aws_cloudfront_origin_access_control",
  id: (it) => cloudfrontId(it, "resource"),
  arn: (it) => cloudfrontArn(it, `origin-access-control/${it.id}`),
  defaults: { description: "Managed by Terraform" },
  computed: (it) => ({ etag: cloudfrontId(it, "etag") }),
  checks: [
    unique(["name"], {
      doing: "creating CloudFront Origin Access Control",
      call: "CloudFront: CreateOriginAccessControl",
      code: "OriginAccessControlAlreadyExists",
      message: () => "An origin access control with the same name already exists.",
    }),
  ],
  canDelete: [
    notOfDistribution(["origin.origin_access_control_id"], "id", {
      what: "Origin Access Control",
      call: "CloudFront: DeleteOriginAccessControl",
      code: "OriginAccessControlInUse",
    }),
  ],
});
