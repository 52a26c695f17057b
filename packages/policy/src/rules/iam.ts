import { gainsRights } from "../rule/actions";
import { hasWildcard, isReference } from "../rule/arn";
import { one } from "../rule/attribute-rule";
import { isSet, shown, texts, unless } from "../rule/attributes";
import { IDENTITY_POLICIES, permissionRule, policyExample, policyOf, RESOURCE_POLICIES } from "../rule/permission-rule";
import { isBoundary, isPipelines } from "../rule/pipeline-policy";
import { statementsOf } from "../rule/policy-document";
import { type ResourceRule, resourceRule } from "../rule/rule";
import { wideResources } from "../rule/wide-resources";

/** Attributes that hold policies which are to stand in resources of their own. */
const WITHIN: Readonly<Record<string, string>> = {
  aws_iam_role: "inline_policy",
  aws_s3_bucket: "policy",
  aws_secretsmanager_secret: "policy",
  aws_sns_topic: "policy",
  aws_sqs_queue: "policy",
};

/** Verbs of actions that change nothing and show no data that a resource could not be named for. */
const READS =
  /^[a-z0-9-]+:(Describe|List|Get(Metric|Resources$|Authorization|SecurityGroups|Coip|Ipam)|StopQuery$|Lookup)/i;

/** Managed policies that the platform gives: of AWS, each for one task of EKS or RDS. */
const MANAGED_POLICIES = [
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEKSClusterPolicy",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "service-role/AmazonEBSCSIDriverPolicy",
  "service-role/AmazonRDSEnhancedMonitoringRole",
].map((name) => `arn:aws:iam::aws:policy/${name}`);

/** Rules on what roles may do. */
export const iamRules: readonly ResourceRule[] = [
  resourceRule({
    id: "AWS-IAM-001",
    title: "A policy can be read before it is applied",
    severity: "high",
    source: "Paved: what cannot be read cannot be judged",
    why: "A policy made of a file or another resource's output passes every other rule unseen.",
    want: "a JSON policy with a Statement in a resource of its own; templates only within its values",
    fix: "write the statements with the module's policy type",
    judges: [...new Set([...IDENTITY_POLICIES, ...RESOURCE_POLICIES, ...Object.keys(WITHIN)])],
    check: ({ type, attributes }) => {
      const within = WITHIN[type];
      const own = [...IDENTITY_POLICIES, ...RESOURCE_POLICIES].includes(type);
      const policy = policyOf(type, attributes);
      return [
        ...unless(within === undefined || !isSet(attributes[within]), `${within} within ${type}`),
        ...unless(!own || statementsOf(policy) !== undefined, `policy is ${shown(policy)}`),
      ];
    },
    fails: one("aws_iam_role_policy", { policy: '${file("policy.json")}' }),
    passes: policyExample("aws_iam_role_policy", {
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
      want: "actions by name, without *, ? and NotAction",
      fix: "name the actions, or use the capability that grants them (readFrom, sendTo, bucket)",
      judges: IDENTITY_POLICIES,
      appliesTo: (subject) => !isBoundary(subject),
    },
    ({ actions, exceptActions }) => {
      const wide = actions.filter(hasWildcard);
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
      want: "resources by ARN, wildcards only below a bucket or after the service's own name, or a condition that names the resource by tag",
      fix: "name the resource, or add StringEquals on aws:ResourceTag",
      judges: IDENTITY_POLICIES,
      appliesTo: (subject) => !isPipelines(subject),
    },
    (statement, subject) => {
      const actions = statement.actions.filter((action) => !READS.test(action));
      const wide = wideResources(statement, subject);
      const judged = actions.length > 0 || statement.exceptActions.length > 0;
      return wide.length > 0 && judged ? `${shown(actions)} on ${shown(wide)}` : undefined;
    },
    { Action: "dynamodb:PutItem", Resource: "arn:aws:dynamodb:eu-west-1:111111111111:table/*" },
    { Action: "ec2:DescribeSubnets", Resource: "*" },
  ),
  permissionRule(
    {
      id: "AWS-IAM-004",
      title: "No role can give itself rights",
      severity: "critical",
      source: "Security Hub IAM.1; CKV_AWS_286, CKV_AWS_289; pathfinding.cloud",
      why: "Who may write policies, or act through what holds another role, may do everything.",
      want: "no action that writes policies, trust or credentials or has others act; iam:PassRole and sts:AssumeRole only for a named role",
      fix: "let the platform's pipeline make the role",
      judges: IDENTITY_POLICIES,
      appliesTo: (subject) => !isPipelines(subject),
    },
    ({ actions, resources, exceptResources }) => {
      const named = exceptResources.length === 0 && !resources.some(hasWildcard);
      const gaining = actions.filter(
        (action) => gainsRights(action) || (!named && /^(iam:PassRole|sts:AssumeRole\w*)$/i.test(action)),
      );
      return gaining.length > 0 ? shown(gaining) : undefined;
    },
    { Action: ["iam:PassRole"], Resource: "*" },
    { Action: ["iam:PassRole"], Resource: "${aws_iam_role.task.arn}" },
  ),
  resourceRule({
    id: "AWS-IAM-007",
    title: "No managed policy but those the platform needs",
    severity: "critical",
    source: "Security Hub IAM.1; CKV_AWS_274, CKV_AWS_275; CKV2_AWS_56",
    why: "AdministratorAccess on any role makes every flaw a flaw of the account, and AWS may add to any policy of its own.",
    want: `an aws_iam_policy of the same stack, or ${MANAGED_POLICIES.join(", ")}`,
    fix: "write the statements that are needed",
    judges: [
      "aws_iam_role_policy_attachment",
      "aws_iam_policy_attachment",
      "aws_iam_group_policy_attachment",
      "aws_iam_user_policy_attachment",
      "aws_iam_role_policy_attachments_exclusive",
      "aws_iam_role",
    ],
    check: ({ attributes }) =>
      ["policy_arn", "policy_arns", "managed_policy_arns"]
        .flatMap((name) => texts(attributes[name]))
        .filter((arn) => !MANAGED_POLICIES.includes(arn) && !(arn.startsWith("${aws_iam_policy.") && isReference(arn)))
        .map((arn) => ({ got: shown(arn) })),
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
];
