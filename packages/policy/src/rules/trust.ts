import { one } from "../rule/attribute-rule";
import { asNumber, shown, unless } from "../rule/attributes";
import { hasWildcard } from "../rule/arn";
import { letsCopy } from "../rule/image-copying";
import { isNaming, isNarrowed, outsiders } from "../rule/outsiders";
import { permissionRule, policyExample, RESOURCE_POLICIES } from "../rule/permission-rule";
import { PODS, wrongPods } from "../rule/pod-identity";
import { admitsNobodyUnknown } from "../rule/policy-checks";
import type { Statement } from "../rule/policy-document";
import { type ResourceRule, resourceRule } from "../rule/rule";

const ROLE = "aws_iam_role";

/** Seconds that AWS lets a session last when nothing is said. */
const HOUR = 3600;

/** Whether those of a federation are told apart by a condition on who they are. */
function namesSubject({ conditions }: Statement): boolean {
  return conditions.some(
    (condition) => condition.key.endsWith(":sub") && isNaming(condition) && !condition.values.some(hasWildcard),
  );
}

/** Rules on who takes a role, and who is let in by the policy of a thing. */
export const trustRules: readonly ResourceRule[] = [
  permissionRule(
    {
      id: "AWS-IAM-005",
      title: "A role is taken by those it is meant for",
      severity: "critical",
      source: "CKV_AWS_60, CKV_AWS_61, CKV_AWS_358; IAM user guide, the confused deputy problem",
      why: "A role that anybody, or any pipeline of any repository, may take is everybody's.",
      want: "a service by name, a role of the same account, and for a federation a condition that names its subject",
      fix: "name the principal; let pods have a role with WorkloadIdentity",
      judges: [ROLE],
    },
    (statement, { environment }) => {
      const unknown = outsiders(statement, environment.account);
      if (unknown.length > 0) return shown(unknown);
      const federated = statement.principals.filter(([type]) => type === "Federated");
      return federated.length > 0 && !namesSubject(statement)
        ? `${shown(federated)} without a condition on its subject`
        : undefined;
    },
    { Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
    { Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ),
  permissionRule(
    {
      id: "AWS-IAM-006",
      title: "Pods take their role under their own name",
      severity: "high",
      source: "EKS Best Practices, identity and access management: scope a role to one service account",
      why: "Without the cluster, namespace and service account in the trust any pod of the account may ask for the role.",
      want: "aws:SourceArn of the environment's own cluster, and kubernetes-namespace and kubernetes-service-account as its association has them",
      fix: "make the role with WorkloadIdentity",
      judges: [ROLE],
    },
    (statement, subject) => {
      if (!statement.principals.some(([, value]) => value === PODS)) return undefined;
      const wrong = wrongPods(statement, subject);
      return wrong.length > 0 ? wrong.join(", ") : undefined;
    },
    { Principal: { Service: "pods.eks.amazonaws.com" }, Action: ["sts:AssumeRole", "sts:TagSession"] },
    {
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:RequestTag/kubernetes-namespace": "orders",
          "aws:RequestTag/kubernetes-service-account": "orders",
        },
        ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-west-1:111111111111:cluster/paved-production" },
      },
    },
  ),
  permissionRule(
    {
      id: "AWS-IAM-009",
      title: "A service of AWS acts for this account alone",
      severity: "high",
      source: "IAM user guide, the confused deputy problem; CKV_AWS_364 by reach",
      why: "Anybody can have the same service act on what its policy lets it, from an account of his own.",
      want: "aws:SourceArn or aws:SourceAccount of this account, or for logs their encryption context; EC2 takes its roles without",
      fix: "say for whom the service may act",
      judges: RESOURCE_POLICIES,
    },
    (statement, { type, environment }) => {
      const services = statement.principals
        .filter(([kind, value]) => kind === "Service" && !(type === ROLE && value === "ec2.amazonaws.com"))
        .map(([, value]) => value);
      return services.length > 0 && !isNarrowed(statement, environment.account)
        ? `${shown(services)} for anybody`
        : undefined;
    },
    { Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage" },
    {
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
    },
  ),
  resourceRule({
    id: "AWS-IAM-010",
    title: "Images, secrets and backups are open to nobody outside the account",
    severity: "critical",
    source: "CKV_AWS_32; Amazon ECR and Secrets Manager user guides, resource-based policies",
    why: "Whoever reads a secret is who it was made for; whoever writes an image runs what he likes.",
    want: "no statement that allows a principal outside the account, or any without saying whose, and no public repository; images are read by paved-copy of later environments, and written by nobody else",
    fix: "name a role of the account; have images copied by ImageRepository's readers",
    judges: [
      "aws_ecr_repository_policy",
      "aws_ecr_registry_policy",
      "aws_ecrpublic_repository",
      "aws_secretsmanager_secret_policy",
      "aws_dynamodb_resource_policy",
      "aws_cloudwatch_event_bus_policy",
      "aws_backup_vault_policy",
    ],
    check: (subject) => {
      if (subject.type === "aws_ecrpublic_repository") return [{ got: subject.type }];
      const isImages = subject.type === "aws_ecr_repository_policy";
      return admitsNobodyUnknown(subject, (statement) => isImages && letsCopy(statement, subject));
    },
    fails: policyExample("aws_ecr_repository_policy", {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::222222222222:root" },
      Action: "ecr:BatchGetImage",
    }),
    passes: policyExample("aws_ecr_repository_policy", {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:role/paved-apply" },
      Action: "ecr:BatchGetImage",
    }),
  }),
  resourceRule({
    id: "AWS-IAM-011",
    title: "A session ends within the hour",
    severity: "low",
    source: "IAM user guide, update the maximum session duration for a role",
    why: "Credentials that leak work until they end, and nobody can call them back.",
    want: `max_session_duration of ${HOUR} at most, which is what a role has by itself, and twice that for paved-apply, since a first apply takes longer`,
    fix: "leave it out; who works longer signs in again",
    judges: [ROLE],
    check: ({ attributes }) => {
      const { max_session_duration: seconds, name } = attributes;
      const most = name === "paved-apply" ? 2 * HOUR : HOUR;
      return unless(seconds === undefined || asNumber(seconds) <= most, `max_session_duration is ${shown(seconds)}`);
    },
    fails: one(ROLE, { max_session_duration: 43_200 }),
    passes: one(ROLE, { name: "orders" }),
  }),
];
