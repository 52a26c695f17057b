import { PIPELINE_ROLES, PipelineAccess, type PipelineAccessProps } from "../src";
import { dev, production, synthIn } from "./support/stacks";

const access = (props: PipelineAccessProps = {}, environment: typeof dev | typeof production = dev) =>
  synthIn(environment, (stack) => void new PipelineAccess(stack, "pipeline", props), "access");

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
const imageSources = [{ account: "222222222222", region: "eu-central-1" }];
const resources = access({ imageSources }).json["resource"] as Record<string, Record<string, Record<string, string>>>;
const list = (value: string | readonly string[]): readonly string[] => (typeof value === "string" ? [value] : value);
const statementsIn = (policy: string): readonly Statement[] =>
  (JSON.parse(policy) as { Statement: Statement[] }).Statement;

/** All that a role is permitted, inline and by the policies attached to it. */
function permitted(role: keyof typeof PIPELINE_ROLES): readonly Statement[] {
  const inline = Object.entries(resources["aws_iam_role_policy"]!).filter(([id]) => id.startsWith(`pipeline_${role}_`));
  const attached = Object.entries(resources["aws_iam_role_policy_attachment"]!)
    .filter(([id]) => id.startsWith(`pipeline_${role}_`))
    .map(([, { policy_arn: arn }]) => /aws_iam_policy\.([\w-]+)\.arn/.exec(arn!)![1]!);
  const policies = attached.map((id) => resources["aws_iam_policy"]![id]!["policy"]!);
  return [...inline.map(([, { policy }]) => policy!), ...policies].flatMap(statementsIn);
}
const actions = (role: keyof typeof PIPELINE_ROLES) => permitted(role).flatMap(({ Action }) => list(Action));
const boundary = (id: string) => statementsIn(resources["aws_iam_policy"]![`pipeline_${id}-boundary`]!["policy"]!);
const matches = (pattern: string, text: string) =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(text);

test("snapshot: minimal", () => {
  expect(access().summary()).toMatchSnapshot();
});

test("snapshot: production, where GitHub is known already", () => {
  expect(access({ existingProvider: true }, production).summary()).toMatchSnapshot();
});

test.each([
  ["plan", "repo:paved-example/paved:pull_request"],
  ["observe", "repo:paved-example/paved:ref:refs/heads/main"],
  ["apply", "repo:paved-example/paved:environment:dev"],
  ["copy", "repo:paved-example/paved:environment:copy-dev"],
] as const)("%s is taken on by one kind of job alone, for AWS alone", (role, subject) => {
  const [trust, ...others] = statementsIn(resources["aws_iam_role"]![`pipeline_${role}_role`]!["assume_role_policy"]!);
  expect(others).toEqual([]);
  expect(trust?.Condition).toEqual({
    StringEquals: {
      "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
      "token.actions.githubusercontent.com:sub": subject,
    },
  });
});

test.each(["plan", "observe"] as const)("%s changes nothing: no action of it writes", (role) => {
  expect(
    actions(role).filter((action) => !/^[a-z0-9-]+:(Describe|Get|List)|^kms:(Decrypt|GenerateDataKey)$/.test(action)),
  ).toEqual([]);
});

test("copy reads images of the sources, pushes into its own account, and may do nothing else", () => {
  expect(permitted("copy")).toEqual([
    {
      Effect: "Allow",
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:ListImages"],
      Resource: ["arn:aws:ecr:eu-central-1:222222222222:repository/*"],
    },
    {
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      Resource: ["arn:aws:ecr:eu-west-1:111111111111:repository/*"],
    },
    {
      Effect: "Allow",
      Action: ["ecr:GetAuthorizationToken"],
      Resource: ["*"],
      Condition: { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
    },
  ]);
});

test("there is no role that copies where there is nothing to copy from", () => {
  expect(JSON.stringify(access().json["resource"])).not.toContain("pipeline_copy");
});

test.each(["plan", "observe", "apply"] as const)("%s reads no secret, message, object or line of a log", (role) => {
  const data = /GetSecretValue|ReceiveMessage|GetLogEvents|FilterLogEvents|StartQuery|GetItem|Select/;
  expect(actions(role).filter((action) => data.test(action))).toEqual([]);
  const objects = permitted(role).filter(({ Action }) => list(Action).includes("s3:GetObject"));
  const read = objects.flatMap(({ Resource }) => list(Resource));
  expect(read.filter((arn) => !arn.startsWith("arn:aws:s3:::paved-state-111111111111/dev/"))).toEqual([]);
});

test("plan decrypts with the keys of states alone", () => {
  const decrypts = permitted("plan").filter(({ Action }) => list(Action).includes("kms:Decrypt"));
  expect(decrypts.map(({ Condition }) => Condition)).toEqual([
    { "ForAnyValue:StringLike": { "kms:ResourceAliases": ["alias/paved-state", "alias/paved/dev/state/*"] } },
  ]);
});

test("every action is named, and what can name its resource does", () => {
  const all = permitted("apply");
  expect(actions("apply").filter((action) => action.includes("*"))).toEqual([]);
  const anywhere = all.filter(({ Resource }) => list(Resource).includes("*"));
  expect(anywhere.map(({ Condition }) => Object.keys(Condition!["StringEquals"]!))).toEqual(
    anywhere.map(() => ["aws:RequestedRegion"]),
  );
});

test("apply passes roles of the fleet alone, to the services that take them", () => {
  const passes = permitted("apply").filter(({ Action }) => list(Action).includes("iam:PassRole"));
  expect(passes.map(({ Resource }) => list(Resource))).toEqual([["arn:aws:iam::111111111111:role/paved-dev-*"]]);
  expect(Object.keys(passes[0]!.Condition!["StringEquals"]!)).toEqual(["iam:PassedToService"]);
});

test("apply gives rights only to roles that the boundary holds, and takes it off none", () => {
  const gives = permitted("apply").filter(({ Action }) =>
    list(Action).some((action) => /^iam:(Create|Put|Attach)\w*Role/.test(action)),
  );
  expect(gives.map(({ Condition }) => Condition)).toEqual([
    { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/paved-role-boundary" } },
    { StringEquals: { "iam:AWSServiceName": expect.any(Array) } },
  ]);
  expect(actions("apply")).not.toContain("iam:DeleteRolePermissionsBoundary");
});

test("nothing that apply may write of identities is the pipeline's own", () => {
  const own = Object.values(PIPELINE_ROLES).map((name) => `arn:aws:iam::111111111111:role/${name}`);
  const writes = permitted("apply").filter(({ Action }) => list(Action).some((each) => !/^iam:(Get|List)/.test(each)));
  const identities = writes.flatMap(({ Resource }) => list(Resource)).filter((arn) => arn.includes(":iam:"));
  expect(identities.length).toBeGreaterThan(0);
  expect(identities.filter((pattern) => own.some((arn) => matches(pattern, arn)))).toEqual([]);
});

test("the boundary refuses what would change the pipeline's own rights, whoever permits it", () => {
  const refuses = boundary("pipeline").find(({ Sid }) => Sid === "NotItself")!;
  expect(list(refuses.Resource)).toEqual(
    expect.arrayContaining([
      ...Object.values(PIPELINE_ROLES).map((name) => `arn:aws:iam::111111111111:role/${name}`),
      "arn:aws:iam::111111111111:policy/paved-*",
    ]),
  );
  expect(list(refuses.Action)).toEqual(
    expect.arrayContaining(["iam:UpdateAssumeRolePolicy", "iam:PutRolePolicy", "iam:CreatePolicyVersion"]),
  );
});

test("the boundary takes nothing away that a role needs", () => {
  const most = boundary("pipeline").filter(({ Effect }) => Effect === "Allow");
  const within = (action: string) => most.some(({ Action }) => list(Action).some((each) => matches(each, action)));
  expect(actions("apply").filter((action) => !within(action))).toEqual([]);
});

test("a role of the fleet can be permitted to write no identity and to take on no other role", () => {
  const most = boundary("role").flatMap(({ Action }) => list(Action));
  const writes = ["iam:PutRolePolicy", "iam:CreateRole", "iam:PassRole", "iam:CreateUser", "sts:AssumeRole"];
  expect(writes.filter((action) => most.some((pattern) => matches(pattern, action)))).toEqual([]);
});

test("each policy fits: 6,144 characters one that is attached, 10,240 all that is inline in a role", () => {
  const sizes = Object.values(resources["aws_iam_policy"]!).map(({ policy }) => policy!.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(6144);
  const inline = Object.entries(resources["aws_iam_role_policy"]!).filter(([id]) => id.startsWith("pipeline_apply_"));
  expect(inline.reduce((sum, [, { policy }]) => sum + policy!.length, 0)).toBeLessThanOrEqual(10_240);
});

test("an account that knows GitHub already gets no second provider", () => {
  const providers = (props: PipelineAccessProps) => access(props).resources("aws_iam_openid_connect_provider");
  expect(Object.keys(providers({}))).toEqual(["pipeline_github"]);
  expect(providers({ existingProvider: true })).toEqual({});
});
