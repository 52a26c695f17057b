import { judgeResources } from "../src/judge/judge";
import { rules } from "../src/rules";
import { environmentEntry } from "@paved/testing/src/environment-entry";

const OWN = "111111111111";
const environment = environmentEntry("dev");

/** Ids of the rules that resources of a stack break. */
function brokenBy(resource: object, stack = "dev-orders"): readonly string[] {
  return judgeResources(rules, { name: stack, environment, json: { resource } }).broken.map(({ rule }) => rule);
}

/** Ids of the rules that a statement breaks in a policy of a type. */
function statementBreaks(type: string, statement: object, stack?: string): readonly string[] {
  const attribute = type === "aws_iam_role" ? "assume_role_policy" : "policy";
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
  return brokenBy({ [type]: { x: { [attribute]: policy } } }, stack);
}

const OPEN = [
  ["no condition", {}],
  ["a condition on who it is not", { StringNotEquals: { "aws:SourceAccount": "222222222222" } }],
  ["an ARN that it is not", { ArnNotLike: { "aws:SourceArn": "arn:aws:sns:*:222222222222:*" } }],
  ["a condition that holds without its key", { StringEqualsIfExists: { "aws:SourceAccount": OWN } }],
  ["a set that may be empty", { "ForAllValues:StringEquals": { "aws:SourceAccount": OWN } }],
  ["a key that is there", { Null: { "aws:SourceArn": "false" } }],
  ["an organization", { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } }],
  ["every path of an organization", { StringLike: { "aws:SourceOrgPaths": "o-*/*" } }],
  ["an endpoint that nobody knows", { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } }],
  ["a service that it goes through", { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } }],
  ["every account", { StringLike: { "aws:SourceAccount": "*" } }],
  ["every ARN", { ArnLike: { "aws:SourceArn": "arn:aws:*:*:*:*" } }],
  ["ARNs of any account", { ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:*:orders" } }],
  ["accounts that begin alike", { StringLike: { "aws:SourceAccount": "1111*" } }],
  ["a bucket, which has no account", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads" } }],
  ["another account", { StringEquals: { "aws:SourceAccount": "222222222222" } }],
  ["another account as a number", { StringEquals: { "aws:SourceAccount": [OWN, 222222222222] } }],
  ["two accounts", { StringEquals: { "aws:SourceAccount": [OWN, "222222222222"] } }],
  ["no value", { StringEquals: { "aws:SourceAccount": [] } }],
  ["a template", { StringLike: { "aws:SourceAccount": '${join("", ["*"])}' } }],
  ["what somebody wrote elsewhere", { ArnLike: { "aws:SourceArn": "${aws_sns_topic_policy.x.arn}" } }],
  ["an id, which may be anything", { ArnLike: { "aws:SourceArn": "${aws_sqs_queue_policy.x.id}" } }],
  [
    "a parameter that only looks like a contract",
    { ArnLike: { "aws:SourceArn": "${jsondecode(data.aws_ssm_parameter.contract-x_v1.insecure_value).arn}" } },
  ],
  ["a variable of the caller", { StringLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:$${aws:username}:x" } }],
] as const;

const NARROW = [
  ["the account", { StringEquals: { "aws:SourceAccount": OWN } }],
  ["an ARN of the account", { ArnLike: { "aws:SourceArn": `arn:aws:sns:eu-west-1:${OWN}:*` } }],
  ["one value of a set", { "ForAnyValue:StringEquals": { "aws:SourceAccount": OWN } }],
  ["a resource of the stack", { ArnEquals: { "aws:SourceArn": "${aws_sns_topic.paid.arn}" } }],
  [
    "a contract",
    {
      ArnEquals: { "aws:SourceArn": "${jsondecode(data.aws_ssm_parameter.contract-topic-paid-v1.insecure_value).arn}" },
    },
  ],
] as const;

describe.each([
  ["AWS-IAM-009", "aws_sqs_queue_policy", { Service: "sns.amazonaws.com" }],
  ["AWS-SQS-004", "aws_sqs_queue_policy", "*"],
  ["AWS-SNS-002", "aws_sns_topic_policy", { AWS: ["*"] }],
  ["AWS-S3-005", "aws_s3_bucket_policy", { AWS: "*" }],
  ["AWS-KMS-002", "aws_kms_key", "*"],
  ["AWS-IAM-010", "aws_secretsmanager_secret_policy", "*"],
  ["AWS-IAM-010", "aws_ecr_repository_policy", "*"],
] as const)("%s for %s", (id, type, Principal) => {
  test.each(OPEN)("fails with %s", (_, Condition) => {
    expect(statementBreaks(type, { Principal, Action: "x:Y", Resource: "*", Condition })).toContain(id);
  });

  test.each(NARROW)("passes with %s", (_, Condition) => {
    expect(statementBreaks(type, { Principal, Action: "x:Y", Resource: "*", Condition })).not.toContain(id);
  });
});

test("an encryption context narrows what CloudWatch Logs does, and nobody else", () => {
  const Condition = {
    ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:${OWN}:log-group:*` },
  };
  const use = { Action: "kms:Decrypt", Resource: "*", Condition };
  const byLogs = { ...use, Principal: { Service: "logs.eu-west-1.amazonaws.com" } };
  expect(statementBreaks("aws_kms_key", byLogs)).not.toContain("AWS-IAM-009");
  expect(statementBreaks("aws_kms_key", { ...use, Principal: "*" })).toContain("AWS-KMS-002");
});

test.each([
  ["AWS-SQS-004", "aws_sqs_queue_policy"],
  ["AWS-SNS-002", "aws_sns_topic_policy"],
  ["AWS-S3-005", "aws_s3_bucket_policy"],
  ["AWS-KMS-002", "aws_kms_key"],
  ["AWS-IAM-005", "aws_iam_role"],
  ["AWS-IAM-010", "aws_secretsmanager_secret_policy"],
  ["AWS-IAM-010", "aws_ecr_repository_policy"],
])("fails %s with a principal of another account in %s", (id, type) => {
  for (const AWS of ["arn:aws:iam::222222222222:root", "222222222222", 222222222222, "${var.partner}"]) {
    expect(statementBreaks(type, { Principal: { AWS }, Action: "x:Y", Resource: "*" })).toContain(id);
  }
  const Principal = { AWS: `arn:aws:iam::${OWN}:role/paved-apply` };
  expect(statementBreaks(type, { Principal, Action: "x:Y", Resource: "*" })).not.toContain(id);
});

test.each([
  "*",
  "arn:*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::paved-*",
  "arn:aws:s3:::*/exports",
  "arn:aws:dynamodb:eu-west-1:*:table/*",
  `arn:aws:dynamodb:eu-west-1:${OWN}:table/*`,
  `arn:aws:dynamodb:*:${OWN}:table/orders`,
  `arn:aws:*:eu-west-1:${OWN}:orders`,
  `arn:aws:sqs:eu-west-1:${OWN}:paved-dev-*`,
  `arn:aws:secretsmanager:eu-west-1:${OWN}:secret:paved/dev/*`,
  `arn:aws:secretsmanager:eu-west-1:${OWN}:secret:????`,
  `arn:aws:ec2:eu-west-1:${OWN}:security-group/*`,
  `arn:aws:kms:eu-west-1:${OWN}:key/*`,
  "arn:aws:s3:::$${aws:PrincipalTag/team}/*",
])("fails AWS-IAM-003 in a service with %s", (Resource) => {
  expect(statementBreaks("aws_iam_role_policy", { Action: "x:Put", Resource })).toContain("AWS-IAM-003");
});

test.each([
  "${aws_s3_bucket.files.arn}/*",
  "arn:aws:s3:::orders-files/*",
  `arn:aws:sqs:eu-west-1:${OWN}:paved-dev-orders-*`,
  `arn:aws:secretsmanager:eu-west-1:${OWN}:secret:paved/dev/orders/*`,
  `arn:aws:rds-db:eu-west-1:${OWN}:dbuser:\${aws_db_instance.db.resource_id}/orders_rw`,
])("passes AWS-IAM-003 in a service with %s", (Resource) => {
  expect(statementBreaks("aws_iam_role_policy", { Action: "x:Put", Resource })).not.toContain("AWS-IAM-003");
});

test("a service that is called as a type of resources names nothing by it", () => {
  const statement = { Action: "x:Put", Resource: `arn:aws:dynamodb:eu-west-1:${OWN}:table/*` };
  expect(statementBreaks("aws_iam_role_policy", statement, "dev-table")).toContain("AWS-IAM-003");
});

test("fails AWS-IAM-003 with NotResource, whatever it leaves out", () => {
  const statement = { Action: "s3:PutObject", NotResource: "${aws_s3_bucket.files.arn}/*" };
  expect(statementBreaks("aws_iam_role_policy", statement)).toContain("AWS-IAM-003");
});

test.each([
  ["a tag that is there", { Null: { "aws:ResourceTag/service": "false" } }, true],
  ["any tag", { StringLike: { "aws:ResourceTag/service": "*" } }, true],
  ["a region", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }, true],
  ["TLS", { Bool: { "aws:SecureTransport": "true" } }, true],
  ["the tag of a service", { StringEquals: { "aws:ResourceTag/service": "orders" } }, false],
])("AWS-IAM-003 takes %s for no name or for one", (_, Condition, broken) => {
  const found = statementBreaks("aws_iam_role_policy", { Action: "sqs:SendMessage", Resource: "*", Condition });
  expect(found.includes("AWS-IAM-003")).toBe(broken);
});

test.each([
  "IAM:putrolepolicy",
  "iam:CreateRole",
  "iam:CreateOpenIDConnectProvider",
  "sts:AssumeRole",
  "lambda:AddPermission",
  "lambda:UpdateFunctionCode",
  "kms:CreateGrant",
  "kms:PutKeyPolicy",
  "s3:PutBucketPolicy",
  "secretsmanager:PutResourcePolicy",
  "ecr:SetRepositoryPolicy",
  "eks:CreateAccessEntry",
  "eks:AssociateAccessPolicy",
  "organizations:LeaveOrganization",
  "ssm:SendCommand",
  "ssm:StartSession",
  "ec2:ModifyInstanceAttribute",
  "S3:Put*",
])("fails AWS-IAM-004 with %s", (Action) => {
  expect(statementBreaks("aws_iam_role_policy", { Action, Resource: "*" })).toContain("AWS-IAM-004");
});

test.each(["sts:AssumeRole", "iam:PassRole", "iam:GetRole", "kms:Decrypt"])("passes AWS-IAM-004 with %s", (Action) => {
  const statement = { Action, Resource: `arn:aws:iam::${OWN}:role/task` };
  expect(statementBreaks("aws_iam_role_policy", statement)).not.toContain("AWS-IAM-004");
});

test.each([
  [
    "ReadOnlyAccess",
    { aws_iam_role_policy_attachment: { x: { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" } } },
  ],
  ["a list of them", { aws_iam_role: { x: { managed_policy_arns: ["arn:aws:iam::aws:policy/SecurityAudit"] } } }],
  [
    "one of another account",
    { aws_iam_role_policy_attachment: { x: { policy_arn: "arn:aws:iam::222222222222:policy/x" } } },
  ],
])("fails AWS-IAM-007 with %s", (_, resource) => {
  expect(brokenBy(resource)).toContain("AWS-IAM-007");
});

test("passes AWS-IAM-007 with a policy of the stack", () => {
  const attached = { aws_iam_role_policy_attachment: { x: { policy_arn: "${aws_iam_policy.orders.arn}" } } };
  expect(brokenBy(attached)).not.toContain("AWS-IAM-007");
});

test.each(["aws_s3_bucket", "aws_sqs_queue", "aws_sns_topic", "aws_secretsmanager_secret"])(
  "fails AWS-IAM-001 with a policy within %s",
  (type) => {
    expect(brokenBy({ [type]: { x: { policy: "{}" } } })).toContain("AWS-IAM-001");
    expect(brokenBy({ [type]: { x: {} } })).not.toContain("AWS-IAM-001");
  },
);

test.each([
  ["an element in other letters", { Effect: "Allow", action: "*", Resource: "*" }],
  ["another effect", { Effect: "allow", Action: "*", Resource: "*" }],
])("fails AWS-IAM-001 with %s", (_, statement) => {
  const policy = JSON.stringify({ Statement: [statement] });
  expect(brokenBy({ aws_iam_role_policy: { x: { policy } } })).toContain("AWS-IAM-001");
});

describe("AWS-IAM-006", () => {
  const CLUSTER = `arn:aws:eks:eu-west-1:${OWN}:cluster/paved-dev`;
  const trust = (sourceArn: string, namespace = "orders", account = "orders"): object => ({
    assume_role_policy: JSON.stringify({
      Statement: {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: {
            "aws:RequestTag/kubernetes-namespace": namespace,
            "aws:RequestTag/kubernetes-service-account": account,
          },
          ArnLike: { "aws:SourceArn": sourceArn },
        },
      },
    }),
  });
  const given = { role_arn: "${aws_iam_role.x.arn}", namespace: "orders", service_account: "orders" };
  const broken = (role: object, association: object = given): boolean =>
    brokenBy({ aws_iam_role: { x: role }, aws_eks_pod_identity_association: { x: association } }).includes(
      "AWS-IAM-006",
    );

  test("passes with the pods that the association gives it to", () => {
    expect(broken(trust(CLUSTER))).toBe(false);
  });

  test("passes with the cluster that a contract names", () => {
    const name = "${jsondecode(data.aws_ssm_parameter.contract-cluster-v1.insecure_value).name}";
    expect(broken(trust(CLUSTER.replace("paved-dev", name)))).toBe(false);
  });

  test.each([
    ["every cluster", CLUSTER.replace("paved-dev", "*")],
    ["another cluster", CLUSTER.replace("dev", "staging")],
    ["a cluster of another account", CLUSTER.replace(OWN, "222222222222")],
    ["a cluster of any account", CLUSTER.replace(OWN, "*")],
    ["what is no cluster", `arn:aws:eks:eu-west-1:${OWN}:*`],
  ])("fails with %s", (_, arn) => {
    expect(broken(trust(arn))).toBe(true);
  });

  test.each([
    ["another namespace", trust(CLUSTER, "payments")],
    ["every namespace", trust(CLUSTER, "*")],
    ["another service account", trust(CLUSTER, "orders", "default")],
  ])("fails with %s than the association has", (_, role) => {
    expect(broken(role)).toBe(true);
  });

  test("fails with a service account that no add-on has", () => {
    const aws_eks_addon = { x: { pod_identity_association: [{ ...given, service_account: "aws-node" }] } };
    expect(brokenBy({ aws_iam_role: { x: trust(CLUSTER) }, aws_eks_addon })).toContain("AWS-IAM-006");
  });
});

test.each([
  ["no condition on who it is", { StringEquals: { "ci.example.com:aud": "sts.amazonaws.com" } }],
  ["any repository", { StringLike: { "ci.example.com:sub": "repo:*" } }],
  ["all but one", { StringNotEquals: { "ci.example.com:sub": "repo:paved/paved:ref:refs/heads/x" } }],
])("fails AWS-IAM-005 for a federation with %s", (_, Condition) => {
  const Principal = { Federated: `arn:aws:iam::${OWN}:oidc-provider/ci.example.com` };
  const Action = "sts:AssumeRoleWithWebIdentity";
  expect(statementBreaks("aws_iam_role", { Principal, Action, Condition })).toContain("AWS-IAM-005");
});

test("fails AWS-KMS-003 when another account administers the key", () => {
  const statement = { Principal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "kms:*", Resource: "*" };
  expect(statementBreaks("aws_kms_key", statement)).toContain("AWS-KMS-003");
});
