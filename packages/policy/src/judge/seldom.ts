import type { Rule } from "../rule/rule";
import type { Verdict } from "./judge";

/** What a fleet may be without, so that rules on nothing else may judge nothing. */
export interface Seldom {
  /** Resource types or kinds; or ids of rules, of those that are about some of a kind only. */
  readonly of: readonly string[];
  /** Whether there has to be one of them all the same. @default - there may be none */
  readonly butOne?: true;
  /** Why it is right that there is none. */
  readonly reason: string;
}

/** All else has to be there in a fleet that runs something: a rule that finds none of it looks in the wrong place. */
export const SELDOM: readonly Seldom[] = [
  {
    of: ["aws_lb", "aws_alb", "aws_elb", "aws_lb_listener", "aws_alb_listener"],
    reason: "Forbids what nothing makes: load balancers are made by the controller in the cluster, from Gateways.",
  },
  {
    of: ["aws_iam_user", "aws_iam_access_key", "aws_iam_user_login_profile", "aws_iam_service_specific_credential"],
    reason: "Forbids what nothing makes: people sign in through the identity provider, and pods take roles.",
  },
  {
    of: ["aws_secretsmanager_secret_version"],
    reason: "Forbids what nothing makes: the owning team puts values, which never pass through OpenTofu.",
  },
  {
    of: [
      "kubernetes_secret*",
      "kubernetes_manifest",
      "kubernetes_deployment*",
      "kubernetes_stateful_set*",
      "kubernetes_daemon*",
      "kubernetes_pod*",
      "kubernetes_job*",
      "kubernetes_cron_job*",
      "kubernetes_token_request*",
    ],
    reason: "Forbids what nothing makes: workloads are delivered from Git, and External Secrets brings secrets.",
  },
  {
    of: ["Ingress", "IngressClass", "TCPRoute", "UDPRoute"],
    reason: "Forbids what nothing makes: ways in are routes at the shared Gateway.",
  },
  {
    of: ["aws_db_instance", "aws_rds_cluster", "aws_rds_global_cluster", "aws_docdb_cluster", "aws_neptune_cluster"],
    reason: "Only a service that asks for a database has one.",
  },
  {
    of: ["aws_elasticache_replication_group", "aws_elasticache_user"],
    reason: "Only a service that asks for a cache has one.",
  },
  { of: ["AWS-RDS-018"], reason: "Forbids what nothing makes: snapshots are RDS's own, and are shared with nobody." },
  {
    of: ["aws_sns_topic", "aws_sns_topic_policy", "aws_sns_topic_subscription"],
    reason: "Only a service that asks for a topic has one.",
  },
  { of: ["aws_sqs_queue", "aws_sqs_queue_policy"], reason: "Only a service that asks for a queue has one." },
  {
    of: [
      "aws_cloudfront_distribution",
      "aws_cloudfront_origin_access_control",
      "aws_cloudfront_response_headers_policy",
    ],
    reason: "Only a website has one.",
  },
  { of: ["aws_secretsmanager_secret"], reason: "Only a service that names secrets has one." },
  {
    of: ["Application", "AppProject", "Kustomization"],
    butOne: true,
    reason: "An environment is delivered by Argo CD or by Flux, and a fleet may have one of them alone.",
  },
  {
    of: ["Namespace", "Kustomization"],
    butOne: true,
    reason: "Argo CD delivers the gateway's namespace; where Flux delivers, OpenTofu makes every one.",
  },
  { of: ["CronJob"], reason: "Only a worker that runs by the clock has one." },
  { of: ["Service"], reason: "Only what answers requests has one." },
  { of: ["K8S-DLV-010"], reason: "Only a service that asks for mutualTls has a certificate." },
  { of: ["K8S-WKL-001"], reason: "A fleet may have no protected environment." },
];

/** Why a rule may judge nothing; nothing when one of the kinds that it judges has to be there. */
export function mayBeIdle({ id, judges }: Rule): string | undefined {
  const own = entryFor(id)?.reason;
  if (own !== undefined) return own;
  const reasons = judges.map((kind) => entryFor(kind)?.reason);
  return reasons.includes(undefined) ? undefined : [...new Set(reasons)].join(" ");
}

function entryFor(what: string): Seldom | undefined {
  return SELDOM.find(({ of }) => of.includes(what));
}

/** A rule that judged nothing in the whole fleet. */
export interface IdleRule {
  readonly rule: string;
  readonly judges: readonly string[];
  /** Why that is right. @default - it is not: a rule that never looks cannot be trusted */
  readonly reason?: string;
}

/** Rules that judged nothing. */
export function idleRules(rules: readonly Rule[], { subjects }: Verdict): readonly IdleRule[] {
  const used = new Set(subjects.flatMap((subject) => subject.rules));
  const found = new Set(rules.filter(({ id }) => used.has(id)).flatMap(({ judges }) => judges));
  const lacking = SELDOM.filter(({ of, butOne }) => butOne && !of.some((each) => found.has(each)));
  return rules
    .filter(({ id }) => !used.has(id))
    .map((rule) => {
      const isLacking = rule.judges.some((kind) => lacking.some((entry) => entry === entryFor(kind)));
      return { rule: rule.id, judges: rule.judges, reason: isLacking ? undefined : mayBeIdle(rule) };
    });
}
