import { defineBehaviour } from "../define";
import type { Instance } from "../instance";

/** Names a certificate is for: the first one, then the others. */
function names(it: Instance): readonly string[] {
  return [...new Set([it.text("domain_name") ?? "", ...it.texts("subject_alternative_names")])];
}

/** The record that proves that whoever asks has the domain; that of a wildcard is that of the domain below it. */
function proof(it: Instance, name: string) {
  const domain = name.replace(/^\*\./, "");
  return {
    domain_name: name,
    resource_record_name: `_${it.hex(32, domain)}.${domain}.`,
    resource_record_type: "CNAME",
    resource_record_value: `_${it.hex(32, `${domain} value`)}.acm-validations.aws.`,
  };
}

export const acmCertificate = defineBehaviour({
  type: "aws_acm_certificate",
  id: (it) => it.arn("acm", `certificate/${it.uuid()}`),
  arn: (it) => it.id,
  replaceOn: [
    "domain_name",
    "subject_alternative_names",
    "validation_method",
    "key_algorithm",
    "certificate_authority_arn",
  ],
  computed: (it) => ({
    domain_validation_options: it.text("validation_method") === "DNS" ? names(it).map((name) => proof(it, name)) : [],
    key_algorithm: "RSA_2048",
    not_after: "",
    not_before: "",
    pending_renewal: false,
    renewal_eligibility: "INELIGIBLE",
    renewal_summary: [],
    status: "PENDING_VALIDATION",
    subject_alternative_names: [...names(it)],
    type: "AMAZON_ISSUED",
    validation_emails: [],
  }),
});
