import { type Edit, editsOf } from "../edit";

const policy = "policy" as const;

const ORDERS = '{ image: "commerce/orders", port: 8080, database: { size: "small" } }';

/** The golden path's deployment changed, on terms that differ from right ones. */
function deviating(terms: Readonly<Record<string, string>>): string {
  const said = {
    rule: "startup-time",
    reason: "It is only a test.",
    owner: "commerce",
    ticket: "https://tickets.paved.example.com/commerce-1",
    expires: "2027-06-30",
    approvedBy: "platform",
    ...terms,
  };
  const change = "(it) => ({ ...it, spec: { ...it.spec!, minReadySeconds: 9 } })";
  return ORDERS.replace(/ }$/, `, customize: { deployment: { terms: ${JSON.stringify(said)}, change: ${change} } } }`);
}

/** Unsafe edits of who may do what, and who agrees to it: policies that look narrow, and are not. */
export const permissionEdits: readonly Edit[] = [
  ...editsOf("modules/src/encryption-key/key-policy.ts", [
    {
      what: "services of AWS use keys for whoever does not say for whom",
      from: 'Condition: { StringEquals: { "aws:SourceAccount": account } },',
      to: 'Condition: { StringEqualsIfExists: { "aws:SourceAccount": account } },',
      caught: policy,
      by: "AWS-IAM-009",
    },
    {
      what: "CloudFront decrypts for the distributions of any account",
      from: "arn:aws:cloudfront::${account}:distribution/*",
      to: "arn:aws:cloudfront::*:distribution/*",
      caught: policy,
      by: "AWS-IAM-009",
    },
    {
      what: "another account administers every key",
      from: "Principal: { AWS: `arn:aws:iam::${place.account}:root` }",
      to: 'Principal: { AWS: "arn:aws:iam::222233334444:root" }',
      caught: policy,
      by: "AWS-KMS-002",
    },
    {
      what: "anybody decrypts secrets, as long as through Secrets Manager",
      from: "Principal: { AWS: roleArn }",
      to: 'Principal: "*"',
      caught: policy,
      by: "AWS-KMS-002",
    },
  ]),
  ...editsOf("modules/src/queue/queue-policy.ts", [
    {
      what: "topics of every account but one send to queues",
      from: 'ArnEquals: { "aws:SourceArn": topicArns }, StringEquals: { "aws:SourceAccount": account }',
      to: 'StringNotEquals: { "aws:SourceAccount": "222233334444" }',
      caught: policy,
      by: "AWS-IAM-009",
    },
    {
      what: "everybody of an organization sends to queues",
      from: 'Principal: { Service: "sns.amazonaws.com" },\n    Action: "sqs:SendMessage",\n    Resource: queueArn,\n    Condition: { ArnEquals: { "aws:SourceArn": topicArns }, StringEquals: { "aws:SourceAccount": account } },',
      to: 'Principal: "*",\n    Action: "sqs:SendMessage",\n    Resource: queueArn,\n    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } },',
      caught: policy,
      by: "AWS-SQS-004",
    },
  ]),
  ...editsOf("modules/src/topic/topic.ts", [
    {
      what: "a partner's account publishes to topics",
      from: "`arn:aws:iam::${this.environment.account}:root`",
      to: '"222233334444"',
      caught: policy,
      by: "AWS-SNS-002",
    },
  ]),
  ...editsOf("modules/src/secret/secret-policy.ts", [
    {
      what: "a role of another account puts secrets",
      from: "Principal: { AWS: writerArn }",
      to: 'Principal: { AWS: writerArn.replace(environment.account, "222233334444") }',
      caught: policy,
      by: "AWS-IAM-010",
    },
  ]),
  ...editsOf("modules/src/access-logs/access-logs.ts", [
    {
      what: "load balancers of any account write access logs",
      from: "arn:aws:elasticloadbalancing:${this.environment.region}:${account}:loadbalancer/*",
      to: "arn:aws:elasticloadbalancing:*:*:loadbalancer/*",
      caught: policy,
      by: "AWS-IAM-009",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/external-secrets.ts", [
    {
      what: "External Secrets reads the secrets of every region and account",
      from: "arn:aws:secretsmanager:${region}:${account}:secret:paved/${name}/*",
      to: "arn:aws:secretsmanager:*:*:secret:*",
      caught: policy,
      by: "AWS-IAM-003",
    },
    {
      what: "External Secrets decrypts whatever is encrypted with any key",
      from: '      ArnLike: { "kms:EncryptionContext:SecretARN": secrets },\n',
      to: "",
      caught: policy,
      by: "AWS-IAM-003",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/keda.ts", [
    {
      what: "KEDA reads every queue of the account",
      from: ":paved-${name}-*`",
      to: ":*`",
      caught: policy,
      by: "AWS-IAM-003",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/load-balancer-policy.ts", [
    {
      what: "the load balancer controller writes roles, in small letters",
      from: 'actions: ["ec2:DeleteSecurityGroup"]',
      to: 'actions: ["ec2:DeleteSecurityGroup", "iam:putRolePolicy"]',
      caught: policy,
      by: "AWS-IAM-004",
    },
    {
      what: "the load balancer controller starts machines with the roles of others",
      from: '{ actions: ["ec2:CreateSecurityGroup"]',
      to: '{ actions: ["ec2:CreateSecurityGroup", "ec2:RunInstances"]',
      caught: policy,
      by: "AWS-IAM-004",
    },
  ]),
  ...editsOf("modules/src/cluster/cluster.ts", [
    {
      what: "nodes let people in by a managed policy",
      from: '"AmazonEC2ContainerRegistryPullOnly"',
      to: '"AmazonSSMManagedInstanceCore"',
      caught: policy,
      by: "AWS-IAM-007",
    },
  ]),
  ...editsOf("modules/src/workload-identity/pod-identity-trust.ts", [
    {
      what: "pods of any cluster of the account take a service's role",
      from: ":cluster/${clusterName}`",
      to: ":cluster/*`",
      caught: policy,
      by: "AWS-IAM-006",
    },
    {
      what: "pods of clusters of any account take a service's role",
      from: 'ArnEquals: { "aws:SourceArn": `arn:aws:eks:${region}:${account}:',
      to: 'ArnLike: { "aws:SourceArn": `arn:aws:eks:${region}:*:',
      caught: policy,
      by: "AWS-IAM-006",
    },
    {
      what: "pods of the default namespace take a service's role",
      from: '"aws:RequestTag/kubernetes-namespace": namespace',
      to: '"aws:RequestTag/kubernetes-namespace": "default"',
      caught: policy,
      by: "AWS-IAM-006",
    },
  ]),
  ...editsOf("modules/src/iam/service-role.ts", [
    {
      what: "who has a service's role once has it for half a day",
      from: "      description: props.description,\n",
      to: "      description: props.description,\n      maxSessionDuration: 43_200,\n",
      caught: policy,
      by: "AWS-IAM-011",
    },
    {
      what: "roles have a policy within them, which nobody looks at",
      from: "      description: props.description,\n      permissionsBoundary",
      to: '      description: props.description,\n      inlinePolicy: [{ name: "more", policy: "{}" }],\n      permissionsBoundary',
      caught: policy,
      by: "AWS-IAM-001",
    },
  ]),
  ...editsOf("modules/src/website/delivery-role.ts", [
    {
      what: "a contractor's account brings the files of sites",
      from: "Principal: { AWS: props.deliverers }",
      to: 'Principal: { AWS: [...props.deliverers, "arn:aws:iam::222233334444:role/contractor"] }',
      caught: policy,
      by: "AWS-IAM-005",
    },
  ]),
  ...editsOf("stacks/services/orders.ts", [
    {
      what: "a deviation that nobody agreed to",
      from: ORDERS,
      to: deviating({}),
      caught: policy,
      by: "PVD2022",
    },
    {
      what: "a critical rule is left without who answers for security",
      from: ORDERS,
      to: deviating({ rule: "K8S-CTR-001" }),
      caught: "synth",
      by: "PVD1031",
    },
  ]),
  ...editsOf("stacks/services/catalog.ts", [
    {
      what: "a service reads the database of another team, who do not know",
      from: 'catalog.exposeAt("/search");',
      to: 'catalog.readFrom({ serviceName: "orders" });',
      caught: "synth",
      by: "PVD1041",
    },
  ]),
  ...editsOf("environments/src/production.ts", [
    {
      what: "production is applied to without anybody's approval",
      from: "approvals: 2",
      to: "approvals: 0",
      caught: "synth",
      by: "PVD1002",
    },
  ]),
];
