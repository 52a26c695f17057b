import type { Attributes } from "../difference/root-document";
import { iamSentences } from "./iam-sentences";
import { networkPolicySentences } from "./network-sentences";
import type { Grants } from "./permissions";
import { roleSentences, subjectSentences } from "./role-sentences";

type Reader = (attributes: Attributes) => Grants;

const text = (attributes: Attributes, name: string): string => String(attributes[name] ?? "");
const policyIn =
  (...names: readonly string[]): Reader =>
  (attributes) => ({
    sort: "cloud",
    sentences: names.flatMap((name) => (attributes[name] === undefined ? [] : iamSentences(attributes[name]))),
  });
const cloud =
  (sentence: (attributes: Attributes) => string): Reader =>
  (attributes) => ({ sort: "cloud", sentences: [sentence(attributes)] });
const network =
  (sentence: (attributes: Attributes) => string): Reader =>
  (attributes) => ({ sort: "network", sentences: [sentence(attributes)] });
const firewall = (direction: "in from" | "out to"): Reader =>
  network((attributes) => {
    const peers = ["cidr_ipv4", "cidr_ipv6", "referenced_security_group_id", "prefix_list_id"];
    const peer = peers
      .flatMap((name) => (attributes[name] === undefined ? [] : [text(attributes, name)]))
      .join(" and ");
    const [from, to] = [attributes["from_port"], attributes["to_port"]];
    const ports =
      from === undefined
        ? "all ports"
        : from === to
          ? `port ${String(from)}`
          : `ports ${String(from)} to ${String(to)}`;
    return `${text(attributes, "security_group_id")} lets ${direction} ${peer} on ${text(attributes, "ip_protocol")} ${ports}`;
  });

/** How the types that permit something say what. */
const READERS: Readonly<Record<string, Reader>> = {
  aws_ecr_repository_policy: policyIn("policy"),
  aws_eks_access_entry: cloud((it) => {
    const groups = (it["kubernetes_groups"] as readonly string[] | undefined) ?? [];
    return `${text(it, "principal_arn")} enters ${text(it, "cluster_name")}${groups.length > 0 ? ` as ${groups.join(", ")}` : ""}`;
  }),
  aws_eks_access_policy_association: cloud(
    (it) => `${text(it, "principal_arn")} has ${text(it, "policy_arn")} in ${JSON.stringify(it["access_scope"])}`,
  ),
  aws_eks_pod_identity_association: cloud(
    (it) => `pods of ${text(it, "namespace")}/${text(it, "service_account")} take ${text(it, "role_arn")}`,
  ),
  aws_iam_policy: policyIn("policy"),
  aws_iam_role: policyIn("assume_role_policy"),
  aws_iam_role_policy: policyIn("policy"),
  aws_iam_role_policy_attachment: cloud((it) => `${text(it, "role")} has ${text(it, "policy_arn")}`),
  aws_kms_key: policyIn("policy"),
  aws_s3_bucket_policy: policyIn("policy"),
  aws_secretsmanager_secret_policy: policyIn("policy"),
  aws_sns_topic_policy: policyIn("policy"),
  aws_sqs_queue_policy: policyIn("policy"),
  aws_vpc_security_group_egress_rule: firewall("out to"),
  aws_vpc_security_group_ingress_rule: firewall("in from"),
  kubernetes_cluster_role_binding_v1: (it) => ({
    sort: "cluster",
    sentences: subjectSentences(it["role_ref"], it["subject"]),
  }),
  kubernetes_cluster_role_v1: (it) => ({ sort: "cluster", sentences: roleSentences(it["rule"]) }),
  kubernetes_network_policy_v1: (it) => ({ sort: "network", sentences: networkPolicySentences(it["spec"]) }),
  kubernetes_role_binding_v1: (it) => ({ sort: "cluster", sentences: subjectSentences(it["role_ref"], it["subject"]) }),
  kubernetes_role_v1: (it) => ({ sort: "cluster", sentences: roleSentences(it["rule"]) }),
};

/** What a resource permits. @returns nothing for a type that permits nothing by itself */
export function resourceGrants(type: string, attributes: Attributes): Grants | undefined {
  return READERS[type]?.(attributes);
}
