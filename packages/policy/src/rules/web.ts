import { attributeRule, one } from "../rule/attribute-rule";
import {
  asText,
  demand,
  isAtLeast,
  isNotTrue,
  isOneOf,
  isSet,
  isTrue,
  onlyKnown,
  shown,
  texts,
  unless,
} from "../rule/attributes";
import { isOwnKey } from "../rule/own";
import { admitsNobodyUnknown } from "../rule/policy-checks";
import { type ResourceRule, resourceRule } from "../rule/rule";

/** Rules on certificates, names, parameters and secrets. */
export const webRules: readonly ResourceRule[] = [
  attributeRule({
    id: "AWS-ACM-001",
    title: "A certificate is proved through DNS, and replaced before it goes",
    severity: "medium",
    source: "Security Hub ACM.1; CKV_AWS_233",
    why: "Proof by mail is renewed by whoever reads that mail, or by nobody; deleting first takes the site down.",
    want: "validation_method DNS and create_before_destroy true",
    fix: "make the certificate with HostCertificate",
    type: "aws_acm_certificate",
    demands: { validation_method: isOneOf("DNS"), "lifecycle.create_before_destroy": isTrue },
    fails: { domain_name: "shop.example.com", validation_method: "EMAIL" },
    passes: { validation_method: "DNS", lifecycle: { create_before_destroy: true } },
  }),
  attributeRule({
    id: "AWS-SSM-001",
    title: "Parameters hold facts, never secrets",
    severity: "critical",
    source: "CKV2_AWS_34, by the other way; guardrails on state: secrets are never in state",
    why: "A SecureString made here is in the JSON, the plan and the state in plain text.",
    want: "type String with insecure_value, below /paved/<environment>/; a secret belongs in Secrets Manager, written there by its owner",
    fix: "declare a secret reference, and let its owner put the value",
    type: "aws_ssm_parameter",
    demands: {
      type: isOneOf("String", "StringList"),
      value: (value) => !isSet(value),
      name: (name, { environment }) => asText(name).startsWith(`/paved/${environment.name}/`),
    },
    fails: { name: "/orders/password", type: "SecureString", value: "${var.password}" },
    passes: { name: "/paved/production/cluster/v1", type: "String", insecure_value: "{}" },
  }),
  resourceRule({
    id: "AWS-SSM-002",
    title: "A contract is written by whose facts it tells",
    severity: "high",
    source: "Design: stacks meet in contracts; CWE-345, insufficient verification of data authenticity",
    why: "A service that writes the contract of the network, or of another service, says where all others put their data.",
    want: "a parameter /paved/<environment>/<contract>/v<n>, the contract called after the stack (dns and network of the network), without overwrite",
    fix: "publish() the facts in the stack that they are of",
    judges: ["aws_ssm_parameter"],
    check: ({ attributes, environment, stack }) => {
      const name = asText(attributes["name"]);
      const own = stack.slice(environment.name.length + 1);
      const [, contract = ""] = new RegExp(`^/paved/${environment.name}/([a-z0-9-]+)/v\\d+$`).exec(name) ?? [];
      const isOwn = contract === own || `${contract.slice(contract.indexOf("-") + 1)}-`.startsWith(`${own}-`);
      return [
        ...unless(isOwn || (contract === "dns" && own === "network"), `name is ${shown(name)}`),
        ...onlyKnown(attributes, "name description type insecure_value"),
      ];
    },
    fails: one("aws_ssm_parameter", { name: "/paved/production/network/v1", insecure_value: "{}", overwrite: true }),
    passes: one("aws_ssm_parameter", { name: "/paved/production/database-orders/v1", insecure_value: "{}" }),
  }),
  attributeRule({
    id: "AWS-SEC-001",
    title: "A secret is encrypted with an own key",
    severity: "medium",
    source: "CKV_AWS_149",
    why: "A key of one's own says who may read, and records who did.",
    want: "a kms_key_id of the account's own",
    fix: "give the secret a key made with EncryptionKey",
    type: "aws_secretsmanager_secret",
    demands: { kms_key_id: isOwnKey },
    fails: { name: "paved/dev/orders", kms_key_id: "alias/aws/secretsmanager" },
    passes: { name: "paved/dev/orders", kms_key_id: "${aws_kms_key.secrets.arn}" },
  }),
  resourceRule({
    id: "AWS-SEC-003",
    title: "A secret is told to nobody of another account",
    severity: "critical",
    source: "Secrets Manager user guide, BlockPublicPolicy",
    why: "A policy of the secret gives it away past every role of its own account.",
    want: "no statement that allows any principal or one of another account, and block_public_policy true",
    fix: "make the secret with Secret",
    judges: ["aws_secretsmanager_secret_policy"],
    check: (subject) => [...admitsNobodyUnknown(subject), ...demand(subject.attributes, "block_public_policy", isTrue)],
    fails: one("aws_secretsmanager_secret_policy", {
      policy: JSON.stringify({
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::999999999999:root" },
          Action: "secretsmanager:GetSecretValue",
        },
      }),
    }),
    passes: one("aws_secretsmanager_secret_policy", {
      block_public_policy: true,
      policy: JSON.stringify({
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:role/paved-team-commerce" },
          Action: "secretsmanager:PutSecretValue",
        },
      }),
    }),
  }),
  attributeRule({
    id: "AWS-SEC-002",
    title: "The value of a secret is never written here",
    severity: "critical",
    source: "OpenTofu, ephemerality: values in configuration are values in state",
    why: "A value in the JSON is in the plan, the state and every copy of them.",
    want: "no secret_string and no secret_binary; the write-only secret_string_wo from an ephemeral value at most",
    fix: "let the secret's owner put the value",
    type: "aws_secretsmanager_secret_version",
    demands: { secret_string: (value) => !isSet(value), secret_binary: (value) => !isSet(value) },
    fails: { secret_string: "${var.password}" },
    passes: { secret_id: "${aws_secretsmanager_secret.x.id}" },
  }),
  resourceRule({
    id: "AWS-SEC-004",
    title: "A secret is its environment's by name, and can be had back where it counts",
    severity: "medium",
    source: "Secrets Manager user guide, delete a secret: recovery window",
    why: "A role reads secrets by the first part of their names; one that is deleted at once is gone with what it opens.",
    want: "a name below paved/<environment>/, and recovery_window_in_days of 7 or more where the environment is protected",
    fix: "make the secret with Secret",
    judges: ["aws_secretsmanager_secret"],
    check: ({ attributes, environment }) => [
      ...demand(attributes, "name", (name) => asText(name).startsWith(`paved/${environment.name}/`)),
      ...demand(
        attributes,
        "recovery_window_in_days",
        (days) => !environment.protected || days === undefined || isAtLeast(7)(days),
      ),
    ],
    fails: one("aws_secretsmanager_secret", { name: "orders", recovery_window_in_days: 0 }),
    passes: one("aws_secretsmanager_secret", { name: "paved/production/orders/stripe", recovery_window_in_days: 30 }),
  }),
  attributeRule({
    id: "AWS-R53-001",
    title: "A zone with names in it is not deleted",
    severity: "high",
    source: "AWS provider, aws_route53_zone force_destroy",
    why: "With a zone go the names of everything in the environment.",
    want: "force_destroy not true",
    fix: "make the zone with DnsZone",
    type: "aws_route53_zone",
    demands: { force_destroy: isNotTrue },
    fails: { name: "example.com", force_destroy: true },
    passes: { name: "example.com" },
  }),
  resourceRule({
    id: "AWS-ELB-001",
    title: "Load balancers are made by the gateway's controller",
    severity: "high",
    source: "Paved: one way in for each environment, decision 0006",
    why: "A load balancer beside the gateway is a way in without its firewall, certificate and logs.",
    want: "no aws_lb, aws_elb or aws_alb in a stack",
    fix: "expose the service with exposeAt",
    judges: ["aws_lb", "aws_alb", "aws_elb", "aws_lb_listener", "aws_alb_listener"],
    check: ({ address, attributes }) => [{ got: `${address} ${texts(attributes["name"]).join("")}`.trim() }],
    fails: one("aws_lb", { name: "orders" }),
    passes: one("aws_acm_certificate", { domain_name: "shop.example.com" }),
  }),
];
