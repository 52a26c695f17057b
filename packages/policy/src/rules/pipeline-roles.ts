import { BOUNDARY } from "../rule/pipeline-policy";
import { one } from "../rule/attribute-rule";
import { asText, attached, demand, shown, unless } from "../rule/attributes";
import { type Statement, statementsOf } from "../rule/policy-document";
import { type ResourceRule, resourceRule, type ResourceSubject, type Violation } from "../rule/rule";

/** Whether a value is a boundary of the account, by its ARN or by the resource that makes it. */
function isOwnBoundary(value: unknown, account: string): boolean {
  const text = asText(value);
  const policies = `arn:aws:iam::${account}:policy/`;
  if (text.startsWith(policies)) return BOUNDARY.test(text.slice(policies.length));
  return /^\$\{aws_iam_policy\.[\w-]+-boundary\.arn\}$/.test(text);
}

/** Where GitHub says which workflow asks, and whom it says that for. */
const GITHUB = "token.actions.githubusercontent.com";
/** Subjects that name one repository, and one kind of its jobs. */
const ONE_KIND_OF_JOB = /^repo:[\w.-]+\/[\w.-]+:(pull_request|ref:refs\/heads\/[\w./-]+|environment:[\w-]+)$/;

/** Actions that only look, and that open what the environment's states are encrypted with. */
const LOOKS = /^[a-z0-9-]+:(Describe|Get|List)\w+$|^kms:(Decrypt|GenerateDataKey)$/;
/** Actions that look at data, and not at how things are. */
const DATA =
  /^(secretsmanager:(Batch)?GetSecretValue|logs:(Get(LogEvents|QueryResults|LogRecord)|Filter\w+)|dynamodb:\w+)$/;

function federated({ attributes }: ResourceSubject): readonly Statement[] {
  return (statementsOf(attributes["assume_role_policy"]) ?? []).filter(({ allows, principals }) => {
    return allows && principals.some(([type]) => type === "Federated");
  });
}

/** Values that a condition of a statement wants exactly; nothing when it is not asked for, or with wildcards. */
function wanted({ conditions }: Statement, key: string): readonly string[] {
  return conditions.flatMap((each) => (each.operator === "StringEquals" && each.key === key ? each.values : []));
}

/** What a role may, as far as it stands in this stack; a policy from elsewhere is a violation, since nobody sees it here. */
function permitted(role: ResourceSubject): {
  readonly statements: readonly Statement[];
  readonly unseen: readonly string[];
} {
  const inline = attached(role, "aws_iam_role_policy", "role", "name");
  const attachments = attached(role, "aws_iam_role_policy_attachment", "role", "name");
  const policies = role.siblings("aws_iam_policy");
  const found = attachments.map(({ attributes }) => {
    const arn = asText(attributes["policy_arn"]);
    return { arn, policy: policies.find(({ address }) => arn === `\${${address}.arn}`) };
  });
  const documents = [...inline, ...found.flatMap(({ policy }) => policy ?? [])];
  return {
    statements: documents.flatMap(({ attributes }) => statementsOf(attributes["policy"]) ?? []),
    unseen: found.filter(({ policy }) => policy === undefined).map(({ arn }) => arn),
  };
}

function changes(role: ResourceSubject): readonly Violation[] {
  const { statements, unseen } = permitted(role);
  const wrong = statements
    .filter(({ allows }) => allows)
    .flatMap(({ actions, exceptActions, resources }) => {
      const objects = resources.every((resource) => resource.endsWith(".tfstate")) ? [] : ["s3:GetObject"];
      const beyond = actions.filter((each) => !LOOKS.test(each) || DATA.test(each) || objects.includes(each));
      return [...beyond, ...exceptActions.map((each) => `all but ${each}`)];
    });
  const got = [...wrong, ...unseen];
  return unless(got.length === 0, shown(got));
}

const example = (role: object, policy: object) => ({
  aws_iam_role: { ci: { name: "ci", ...role } },
  aws_iam_role_policy: { ci: { role: "${aws_iam_role.ci.name}", policy: JSON.stringify({ Statement: [policy] }) } },
});
const trust = (subject: string, operator = "StringEquals") => ({
  assume_role_policy: JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${GITHUB}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { [operator]: { [`${GITHUB}:aud`]: "sts.amazonaws.com", [`${GITHUB}:sub`]: subject } },
      },
    ],
  }),
});

/** Rules on the roles of pipelines, and on what such roles can give away. */
export const pipelineRoleRules: readonly ResourceRule[] = [
  resourceRule({
    id: "AWS-IAM-021",
    title: "A role is held by a boundary of the account",
    severity: "high",
    source:
      "IAM user guide, permissions boundaries for IAM entities; AWS prescriptive guidance, delegating to a pipeline",
    why: "Who may make roles may do all that these may: only a boundary ends what a pipeline can give itself.",
    want: "permissions_boundary of a policy of the account that is called paved-…-boundary",
    fix: "make the role with ServiceRole or WorkloadIdentity",
    judges: ["aws_iam_role"],
    check: ({ attributes, environment }) =>
      demand(attributes, "permissions_boundary", (boundary) => isOwnBoundary(boundary, environment.account)),
    fails: one("aws_iam_role", { name: "orders" }),
    passes: one("aws_iam_role", { permissions_boundary: "arn:aws:iam::111111111111:policy/paved-role-boundary" }),
  }),
  resourceRule({
    id: "AWS-IAM-022",
    title: "A workflow takes on a role as one kind of job of one repository",
    severity: "critical",
    source: "GitHub docs, configuring OpenID Connect in AWS; CKV_AWS_358, CKV_AWS_393",
    why: "GitHub vouches for every repository there is: a subject with a wildcard is any branch, or anybody.",
    want: "GitHub as the provider, and StringEquals on its aud and on one whole sub",
    fix: "make the role with PipelineAccess",
    judges: ["aws_iam_role"],
    check: (role) =>
      federated(role).flatMap((statement) => {
        const subjects = wanted(statement, `${GITHUB}:sub`);
        const whole = subjects.length > 0 && subjects.every((subject) => ONE_KIND_OF_JOB.test(subject));
        const audience = wanted(statement, `${GITHUB}:aud`).join() === "sts.amazonaws.com";
        return [
          ...unless(whole, `sub is ${shown(subjects)}`),
          ...unless(audience, "no StringEquals on aud sts.amazonaws.com"),
        ];
      }),
    fails: one("aws_iam_role", trust("repo:example/paved:*", "StringLike")),
    passes: one("aws_iam_role", trust("repo:example/paved:environment:dev")),
  }),
  resourceRule({
    id: "AWS-IAM-023",
    title: "What a pull request can take on changes nothing, and reads no secret",
    severity: "critical",
    source: "GitHub docs, security hardening for Actions; Atlantis docs, a plan runs code of whoever asks for it",
    why: "Whoever may push a branch decides what runs as this role.",
    want: "actions that only look, objects of states alone, in policies of the same stack",
    fix: "let the change be merged, and give the right to the role that applies",
    judges: ["aws_iam_role"],
    check: (role) => {
      const open = federated(role).some(({ conditions }) =>
        conditions.some(({ values }) => values.some((value) => value.endsWith(":pull_request"))),
      );
      return open ? changes(role) : [];
    },
    fails: example(trust("repo:example/paved:pull_request"), {
      Effect: "Allow",
      Action: ["s3:PutObject"],
      Resource: "arn:aws:s3:::state/dev/*.tfstate",
    }),
    passes: example(trust("repo:example/paved:pull_request"), {
      Effect: "Allow",
      Action: ["s3:GetObject", "ec2:DescribeVpcs"],
      Resource: "arn:aws:s3:::state/dev/*.tfstate",
    }),
  }),
];
