import { CREATED_AT } from "../instance";
import { defineBehaviour, refers } from "../define";

export const acmCertificateValidation = defineBehaviour({
  type: "aws_acm_certificate_validation",
  id: () => CREATED_AT,
  replaceOn: ["certificate_arn", "validation_record_fqdns"],
  checks: [
    refers("certificate_arn", "aws_acm_certificate", {
      doing: "waiting for ACM Certificate to be issued",
      call: "ACM: DescribeCertificate",
      code: "ResourceNotFoundException",
      message: (arn) => `Could not find certificate ${arn}`,
      by: "arn",
    }),
  ],
});
