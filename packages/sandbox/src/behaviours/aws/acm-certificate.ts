import { isEmpty } from "../../values/value";
import { awsRefusal, type Check, defineBehaviour, notUsedBy } from "../define";
import type { Instance } from "../instance";

const WORDS = { doing: "requesting ACM Certificate", call: "ACM: RequestCertificate" };

const isForSomething: Check = (it) => {
  const given = ["domain_name", "private_key"].filter((path) => !isEmpty(it.get(path)));
  // What is imported says in itself which names it is for.
  if (given.length === 1 || it.prior !== undefined || !isEmpty(it.get("certificate_body"))) return;
  const message = "one of `domain_name,private_key` must be specified";
  const fix =
    "Set domain_name for a certificate that ACM makes, private_key and certificate_body for one that is there.";
  throw awsRefusal(it, { ...WORDS, code: "ValidationException", message, fix, path: "domain_name" });
};

const nameIsDomain: Check = (it) => {
  const wrong = [it.text("domain_name") ?? "", ...it.texts("subject_alternative_names")].find(
    (name) => name !== "" && !/^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i.test(name),
  );
  if (wrong === undefined) return;
  const message = `${wrong} is not a valid domain name`;
  const fix = "Write a domain without a dot at its end, or *. before one.";
  const path = wrong === it.text("domain_name") ? "domain_name" : "subject_alternative_names";
  throw awsRefusal(it, { ...WORDS, code: "ValidationException", message, fix, path });
};

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
    "validation_option",
  ],
  computed: (it) => ({
    domain_validation_options: it.text("validation_method") === "DNS" ? names(it).map((name) => proof(it, name)) : [],
    key_algorithm: "RSA_2048",
    not_after: "",
    not_before: "",
    pending_renewal: false,
    renewal_eligibility: "INELIGIBLE",
    renewal_summary: [],
    status: it.text("certificate_body") === undefined ? "PENDING_VALIDATION" : "ISSUED",
    subject_alternative_names: [...names(it)],
    type: it.text("certificate_body") === undefined ? "AMAZON_ISSUED" : "IMPORTED",
    validation_emails: [],
  }),
  validate: [isForSomething, nameIsDomain],
  canDelete: [
    notUsedBy(
      [{ type: "aws_cloudfront_distribution", attribute: "viewer_certificate.acm_certificate_arn", as: "arn" }],
      {
        doing: "deleting ACM Certificate",
        call: "ACM: DeleteCertificate",
        code: "ResourceInUseException",
        message: (it) => `Certificate ${it.id} in account ${it.place.account} is in use.`,
      },
    ),
  ],
});
