import { isObject } from "../../values/value";
import { awsRefusal, type Check, defineBehaviour, refers } from "../define";
import type { Instance } from "../instance";

const WORDS = { doing: "waiting for ACM Certificate to be issued", call: "ACM: DescribeCertificate" };
const A_YEAR = 31_536_000_000;

/** The time at which the certificate was issued, as the provider writes times; no two have the same. */
function issuedAt(it: Instance): string {
  const time = new Date(Date.UTC(2025, 0, 1) + (Number(it.digits(15, "issued")) % A_YEAR));
  return `${time.toISOString().replace("T", " ").replace("Z", "")} +0000 UTC`;
}

const bare = (name: string): string => name.replace(/\.$/, "");

const recordsAreThere: Check = Object.assign(
  (it: Instance): void => {
    const records = new Set(it.texts("validation_record_fqdns").map(bare));
    const certificate = it.find("aws_acm_certificate", "arn", it.text("certificate_arn"));
    const options = certificate?.get("domain_validation_options");
    if (records.size === 0 || !Array.isArray(options)) return;
    const missing = options
      .filter(isObject)
      .find((option) => !records.has(bare(String(option["resource_record_name"]))));
    if (missing === undefined) return;
    const { domain_name: domain, resource_record_name: record } = missing;
    throw awsRefusal(it, {
      ...WORDS,
      code: "ValidationException",
      message: `missing ${String(domain)} DNS validation record: ${String(record)}`,
      fix: "Make the records that domain_validation_options of the certificate say, and name them all.",
      path: "validation_record_fqdns",
    });
  },
  { reads: [{ path: "validation_record_fqdns" }, { type: "aws_acm_certificate", path: "domain_validation_options" }] },
);

export const acmCertificateValidation = defineBehaviour({
  type: "aws_acm_certificate_validation",
  id: issuedAt,
  replaceOn: ["certificate_arn", "validation_record_fqdns"],
  checks: [
    refers("certificate_arn", "aws_acm_certificate", {
      ...WORDS,
      code: "ResourceNotFoundException",
      message: (arn) => `Could not find certificate ${arn}`,
      by: "arn",
    }),
    recordsAreThere,
  ],
});
