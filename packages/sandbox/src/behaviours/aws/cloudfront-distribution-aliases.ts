import { awsRefusal, type Check } from "../define";
import type { Facts } from "../facts";
import type { Instance } from "../instance";
import { DISTRIBUTION } from "./cloudfront";

const WORDS = {
  doing: "creating CloudFront Distribution",
  call: "CloudFront: CreateDistribution",
  code: "InvalidViewerCertificate",
};
/** CloudFront takes certificates of this region alone, wherever it serves from. */
const REGION = "us-east-1";
const ARN = "viewer_certificate.acm_certificate_arn";

function isIssued(it: Instance, certificate: Facts): boolean {
  if (certificate.text("status") === "ISSUED" || certificate.text("certificate_body") !== undefined) return true;
  return it.find("aws_acm_certificate_validation", "certificate_arn", certificate.text("arn")) !== undefined;
}

function covers(certificate: Facts, alias: string): boolean {
  const names = [certificate.text("domain_name") ?? "", ...certificate.texts("subject_alternative_names")];
  return names.includes(alias) || names.includes(alias.replace(/^[^.]+/, "*"));
}

/** Names of one's own need a certificate that is for them, issued, and in the region that CloudFront looks in. */
export const certificateFits: Check = Object.assign(
  (it: Instance): void => {
    const aliases = it.texts("aliases");
    const arn = it.text(ARN);
    if (arn === undefined) {
      if (aliases.length === 0 || it.text("viewer_certificate.iam_certificate_id") !== undefined) return;
      const message =
        "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.";
      const fix = `Set ${ARN} to a certificate of ${REGION} for ${aliases.join(", ")}.`;
      throw awsRefusal(it, { ...WORDS, message, fix, path: "aliases" });
    }
    if (!it.changes(ARN) && !it.changes("aliases")) return;
    const certificate = arn.includes(`:acm:${REGION}:`) ? it.find("aws_acm_certificate", "arn", arn) : undefined;
    if (certificate === undefined || !isIssued(it, certificate)) {
      const message =
        "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";
      const fix = `Make the certificate in ${REGION}, and name the certificate_arn of its aws_acm_certificate_validation, which waits until it is issued.`;
      throw awsRefusal(it, { ...WORDS, message, fix, path: ARN });
    }
    const bare = aliases.find((alias) => !covers(certificate, alias));
    if (bare === undefined) return;
    const message =
      "The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add.";
    const fix = `Add ${bare} to the certificate's subject_alternative_names, or leave it out of aliases.`;
    throw awsRefusal(it, { ...WORDS, message, fix, path: "aliases" });
  },
  {
    reads: [
      { path: ARN },
      { path: "aliases" },
      { type: "aws_acm_certificate", path: "status" },
      { type: "aws_acm_certificate", path: "certificate_body" },
      { type: "aws_acm_certificate_validation", path: "certificate_arn" },
    ],
  },
);

/** A name belongs to one distribution, in all of AWS. */
export const aliasesAreFree: Check = (it) => {
  const others = it.everywhere(DISTRIBUTION).filter((other) => other.id !== it.prior?.id);
  const taken = it.texts("aliases").find((alias) => others.some((other) => other.texts("aliases").includes(alias)));
  if (taken === undefined) return;
  const message = "One or more of the CNAMEs you provided are already associated with a different resource.";
  const fix = `Leave ${taken} out of aliases, or out of the distribution that has it.`;
  throw awsRefusal(it, { ...WORDS, code: "CNAMEAlreadyExists", message, fix, path: "aliases" });
};
