import { one } from "../rule/attribute-rule";
import { isSet, shown, unless } from "../rule/attributes";
import { eachStatement } from "../rule/policy-checks";
import { admitsAnybody, isNarrowed, type Statement, statementsOf } from "../rule/policy-document";
import { type Attributes, type ResourceRule, resourceRule, type Resources, type Violation } from "../rule/rule";

const IDENTITY_POLICIES = ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_group_policy", "aws_iam_user_policy"];

/** Attributes that hold a policy, by resource type; of the others it is `policy`. */
const POLICY_IN: Readonly<Record<string, string>> = { aws_iam_role: "assume_role_policy" };

const POLICIES = [
  ...IDENTITY_POLICIES,
  "aws_ecr_repository_policy",
  "aws_iam_role",
  "aws_kms_key",
  "aws_s3_bucket_policy",
  "aws_secretsmanager_secret_policy",
  "aws_sns_topic_policy",
  "aws_sqs_queue_policy",
];

/** Verbs of actions that change nothing and show no data that a resource could not be named for. */
const READS =
  /^[a-z0-9-]+:(Describe|List|Get(Metric|Resources$|Authorization|SecurityGroups|Coip|Ipam)|StopQuery$|Lookup)/;

/** Actions that lead from few rights to all. */
const ESCALATING =
  /^iam:(\*|Attach\w+Policy|Put\w+Policy|CreateAccessKey|CreateLoginProfile|CreatePolicyVersion|SetDefaultPolicyVersion|UpdateAssumeRolePolicy|AddUserToGroup|UpdateLoginProfile|DeleteRolePermissionsBoundary)$/;

/** Managed policies that give nearly everything. */
const BROAD = /policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess|\w*FullAccess)/;

function policyOf(type: string, attributes: Attributes): unknown {
  return attributes[POLICY_IN[type] ?? "policy"];
}

function policy(type: string, statement: object): Resources {
  return one(type, {
    [POLICY_IN[type] ?? "policy"]: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
  });
}

/** A rule on the statements that allow something in policies of these types. */
function permissionRule(
  text: Omit<ResourceRule, "on" | "check" | "fails" | "passes">,
  wrong: (statement: Statement) => string | undefined,
  fails: object,
  passes: object,
): ResourceRule {
  const [type = ""] = text.judges;
  return resourceRule({
    ...text,
    check: (subject): readonly Violation[] =>
      eachStatement(policyOf(subject.type, subject.attributes), (each) => (each.allows ? wrong(each) : undefined)),
    fails: policy(type, { Effect: "Allow", ...fails }),
    passes: policy(type, { Effect: "Allow", ...passes }),
  });
}

/** Rules on roles and what they may do. */
export const iamRules: readonly ResourceRule[] = [
  resourceRule({
    id: "AWS-IAM-001",
    title: "A policy can be read before it is applied",
    severity: "high",
    source: "Paved: what cannot be read cannot be judged",
    why: "A policy made of a file or another resource's output passes every other rule unseen.",
    want: "a JSON policy with a Statement in the resource itself; templates only within its values",
    fix: "write the statements with the module's policy type",
    judges: POLICIES,
    check: ({ type, attributes }) =>
      unless(statementsOf(policyOf(type, attributes)) !== undefined, `policy is ${shown(policyOf(type, attributes))}`),
    fails: one("aws_iam_role_policy", { policy: '${file("policy.json")}' }),
    passes: policy("aws_iam_role_policy", {
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "${aws_s3_bucket.x.arn}/*",
    }),
  }),
  permissionRule(
    {
      id: "AWS-IAM-002",
      title: "A role may do what is named",
      severity: "critical",
      source: "Security Hub IAM.1, IAM.21; CKV_AWS_62, CKV_AWS_63",
      why: "A wildcard gives today's actions and all that the service will ever get.",
      want: "actions by name, without * and NotAction",
      fix: "name the actions, or use the capability that grants them (readFrom, sendTo, bucket)",
      judges: IDENTITY_POLICIES,
    },
    ({ actions, exceptActions }) => {
      const wide = actions.filter((action) => action.includes("*"));
      if (exceptActions.length > 0) return `NotAction ${shown(exceptActions)}`;
      return wide.length > 0 ? `Action ${shown(wide)}` : undefined;
    },
    { Action: "s3:*", Resource: "${aws_s3_bucket.x.arn}" },
    { Action: "s3:GetObject", Resource: "${aws_s3_bucket.x.arn}/*" },
  ),
  permissionRule(
    {
      id: "AWS-IAM-003",
      title: "A role may change or read data only of resources that are named",
      severity: "high",
      source: "Security Hub IAM.21; CKV_AWS_290, CKV_AWS_288, CKV_AWS_355",
      why: "An intruder in one service otherwise holds the data of all.",
      want: "resources by ARN, or a condition, for all that does not only describe",
      fix: "name the resource, or add a condition such as aws:ResourceTag",
      judges: IDENTITY_POLICIES,
    },
    ({ actions, resources, exceptResources, conditions }) => {
      const writes = actions.filter((action) => !READS.test(action));
      const wide =
        exceptResources.length > 0 || resources.some((resource) => /^(\*|arn:aws:[a-z0-9-]+:\*)/.test(resource));
      return wide && conditions.length === 0 && writes.length > 0 ? `${shown(writes)} on every resource` : undefined;
    },
    { Action: "dynamodb:PutItem", Resource: "*" },
    { Action: "ec2:DescribeSubnets", Resource: "*" },
  ),
  permissionRule(
    {
      id: "AWS-IAM-004",
      title: "No role of a service can give itself rights",
      severity: "critical",
      source: "Security Hub IAM.1; CKV_AWS_286, CKV_AWS_289",
      why: "Who may write policies may do everything.",
      want: "no iam action that writes policies, trust or credentials; iam:PassRole only for a named role",
      fix: "let the platform's pipeline make the role",
      judges: IDENTITY_POLICIES,
    },
    ({ actions, resources }) => {
      const escalating = actions.filter((action) => ESCALATING.test(action));
      const passes = actions.includes("iam:PassRole") && resources.some((resource) => resource.includes("*"));
      return escalating.length > 0 || passes ? shown([...escalating, ...(passes ? ["iam:PassRole"] : [])]) : undefined;
    },
    { Action: ["iam:PassRole"], Resource: "*" },
    { Action: ["iam:PassRole"], Resource: "${aws_iam_role.task.arn}" },
  ),
  permissionRule(
    {
      id: "AWS-IAM-005",
      title: "A role is taken by those it is meant for",
      severity: "critical",
      source: "CKV_AWS_60, CKV_AWS_61, CKV_AWS_358; IAM user guide, the confused deputy problem",
      why: "A role that anybody, or any pipeline of any repository, may take is everybody's.",
      want: "a service or role by name, and for a federation a condition on its subject",
      fix: "name the principal; let pods have a role with WorkloadIdentity",
      judges: ["aws_iam_role"],
    },
    (statement) => {
      if (admitsAnybody(statement)) return "any principal";
      const federated = statement.principals.filter(([type]) => type === "Federated");
      const subject = statement.conditions.some(({ key, values }) => /:(sub|aud)$/.test(key) && !values.includes("*"));
      const named = statement.conditions.some(({ key }) => key.endsWith(":sub"));
      return federated.length > 0 && !(subject && named)
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
      want: "conditions on aws:SourceArn, kubernetes-namespace and kubernetes-service-account",
      fix: "make the role with WorkloadIdentity",
      judges: ["aws_iam_role"],
    },
    ({ principals, conditions }) => {
      if (!principals.some(([, value]) => value === "pods.eks.amazonaws.com")) return undefined;
      const keys = new Set(conditions.map(({ key }) => key));
      const wanted = [
        "aws:sourcearn",
        "aws:requesttag/kubernetes-namespace",
        "aws:requesttag/kubernetes-service-account",
      ];
      const missing = wanted.filter((key) => !keys.has(key));
      return missing.length > 0 ? `no condition on ${missing.join(", ")}` : undefined;
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
        ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-west-1:111111111111:cluster/paved-dev" },
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
      want: "aws:SourceArn, aws:SourceAccount or the service's own condition for every service principal but EC2",
      fix: "say for whom the service may act",
      judges: POLICIES.filter((type) => !IDENTITY_POLICIES.includes(type)).toReversed(),
    },
    (statement) => {
      const services = statement.principals.filter(
        ([type, value]) => type === "Service" && value !== "ec2.amazonaws.com",
      );
      return services.length > 0 && !isNarrowed(statement)
        ? `${shown(services.map(([, value]) => value))} for anybody`
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
    id: "AWS-IAM-007",
    title: "No managed policy that gives nearly everything",
    severity: "critical",
    source: "Security Hub IAM.1; CKV_AWS_274, CKV_AWS_275; CKV2_AWS_56",
    why: "AdministratorAccess on any role makes every flaw a flaw of the account.",
    want: "a policy for the task, not AdministratorAccess, PowerUserAccess or …FullAccess",
    fix: "write the statements that are needed",
    judges: ["aws_iam_role_policy_attachment", "aws_iam_policy_attachment", "aws_iam_role"],
    check: ({ attributes }) =>
      [attributes["policy_arn"], attributes["managed_policy_arns"]]
        .filter((value) => BROAD.test(String(value)))
        .map((value) => ({ got: shown(value) })),
    fails: one("aws_iam_role_policy_attachment", { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    passes: one("aws_iam_role_policy_attachment", { policy_arn: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy" }),
  }),
  resourceRule({
    id: "AWS-IAM-008",
    title: "There are no users and no keys that last",
    severity: "critical",
    source: "Security Hub IAM.2, IAM.3, IAM.22; CKV_AWS_273",
    why: "An access key is in the state as soon as it is made, and works from anywhere until somebody finds it.",
    want: "roles alone",
    fix: "let people sign in through Identity Center, pods through WorkloadIdentity, pipelines through OIDC",
    judges: ["aws_iam_user", "aws_iam_access_key", "aws_iam_user_login_profile", "aws_iam_service_specific_credential"],
    check: ({ address }) => [{ got: address }],
    fails: one("aws_iam_access_key", { user: "ci" }),
    passes: one("aws_iam_role", { name: "orders" }),
  }),
  permissionRule(
    {
      id: "AWS-KMS-002",
      title: "A key belongs to its account",
      severity: "critical",
      source: "CKV_AWS_33; Security Hub KMS.5",
      why: "A key that anybody may use protects nothing.",
      want: "no statement that allows any principal without saying whose",
      fix: "make the key with EncryptionKey",
      judges: ["aws_kms_key"],
    },
    (statement) => (admitsAnybody(statement) ? `${shown(statement.actions)} for any principal` : undefined),
    { Principal: "*", Action: "kms:Decrypt", Resource: "*" },
    { Principal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "kms:*", Resource: "*" },
  ),
  resourceRule({
    id: "AWS-KMS-001",
    title: "A key is renewed every year",
    severity: "medium",
    source: "Security Hub KMS.4; CKV_AWS_7",
    why: "What was encrypted for years with one key falls with it.",
    want: "enable_key_rotation true",
    fix: "make the key with EncryptionKey",
    judges: ["aws_kms_key"],
    check: ({ attributes }) => unless(attributes["enable_key_rotation"] === true, "enable_key_rotation is not true"),
    fails: one("aws_kms_key", { description: "Orders" }),
    passes: one("aws_kms_key", { enable_key_rotation: true }),
  }),
  resourceRule({
    id: "AWS-KMS-003",
    title: "A key has a policy of its own, which its account can change",
    severity: "medium",
    source: "CKV2_AWS_64; KMS developer guide, default key policy",
    why: "Without the account in its policy a key can lock everybody out for ever.",
    want: "a policy that allows kms:* to the account's root, and no bypass_policy_lockout_safety_check",
    fix: "make the key with EncryptionKey",
    judges: ["aws_kms_key"],
    check: ({ attributes }) => {
      const statements = statementsOf(attributes["policy"]) ?? [];
      const own = statements.some(
        ({ allows, actions, principals }) =>
          allows && actions.includes("kms:*") && principals.some(([, value]) => value.endsWith(":root")),
      );
      return [
        ...unless(own, "no statement for the account"),
        ...unless(!isSet(attributes["bypass_policy_lockout_safety_check"]), "bypass_policy_lockout_safety_check"),
      ];
    },
    fails: one("aws_kms_key", { enable_key_rotation: true }),
    passes: policy("aws_kms_key", {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Action: "kms:*",
      Resource: "*",
    }),
  }),
  resourceRule({
    id: "AWS-KMS-004",
    title: "A key waits before it is gone",
    severity: "high",
    source: "Security Hub KMS.3; CKV_AWS_227",
    why: "With the key goes all that it encrypted, backups included.",
    want: "deletion_window_in_days of 7 or more, is_enabled not false, and prevent_destroy where the environment is protected",
    fix: "make the key with EncryptionKey",
    judges: ["aws_kms_key"],
    check: ({ attributes, environment }) => {
      const lifecycle = shown(attributes["lifecycle"]);
      const days = attributes["deletion_window_in_days"];
      return [
        ...unless(typeof days === "number" && days >= 7, `deletion_window_in_days is ${shown(days)}`),
        ...unless(attributes["is_enabled"] !== false, "is_enabled is false"),
        ...unless(
          !environment.protected || lifecycle.includes('"prevent_destroy":true'),
          "prevent_destroy is not true",
        ),
      ];
    },
    fails: one("aws_kms_key", { enable_key_rotation: true }),
    passes: one("aws_kms_key", { deletion_window_in_days: 30, lifecycle: { prevent_destroy: true } }),
  }),
];
