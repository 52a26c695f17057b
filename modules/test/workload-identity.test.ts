import * as fc from "fast-check";
import { type PolicyStatement, UNRESTRICTABLE_ACTIONS, WorkloadIdentity, type WorkloadIdentityProps } from "../src";
import { dev, production, synthIn } from "./support/stacks";

const props: WorkloadIdentityProps = { name: "orders", namespace: "orders", serviceAccount: "orders" };
const identity = (
  statements: readonly PolicyStatement[] = [],
  more: Partial<WorkloadIdentityProps> = {},
  environment: typeof dev | typeof production = dev,
) =>
  synthIn(environment, (stack) => {
    const made = new WorkloadIdentity(stack, "identity", { ...props, ...more });
    for (const statement of statements) made.allow(statement);
  });

const read: PolicyStatement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::orders/*"] };
const send: PolicyStatement = {
  actions: ["sqs:SendMessage"],
  resources: ["arn:aws:sqs:eu-west-1:111111111111:orders"],
  conditions: { Bool: { "aws:SecureTransport": "true" } },
};

test("snapshot: minimal, nothing allowed", () => {
  expect(identity().summary()).toMatchSnapshot();
});

test("snapshot: production, two things allowed, in a cluster by name", () => {
  expect(identity([read, send], { clusterName: "other" }, production).summary()).toMatchSnapshot();
});

test("starts with no permission", () => {
  expect(identity().resources("aws_iam_role_policy")).toEqual({});
});

test("is taken on by pods of one service account in one namespace of one cluster of this account only", () => {
  const trust = JSON.parse(String(identity().only("aws_iam_role")["assume_role_policy"])) as { Statement: object[] };
  expect(trust.Statement).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:SourceAccount": "111111111111",
          "aws:RequestTag/kubernetes-namespace": "orders",
          "aws:RequestTag/kubernetes-service-account": "orders",
        },
        ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-west-1:111111111111:cluster/paved-dev" },
      },
    },
  ]);
});

test("is bound to its service account in the environment's cluster", () => {
  expect(identity().only("aws_eks_pod_identity_association")).toEqual({
    cluster_name: "paved-dev",
    namespace: "orders",
    service_account: "orders",
    role_arn: "${aws_iam_role.identity_role_role.arn}",
  });
});

test("all that is allowed stands in one policy, in the order it was said", () => {
  const policy = JSON.parse(String(identity([read, send]).only("aws_iam_role_policy")["policy"])) as {
    Statement: { Action: string[]; Condition?: object }[];
  };
  expect(policy.Statement.map((statement) => statement.Action)).toEqual([["s3:GetObject"], ["sqs:SendMessage"]]);
  expect(policy.Statement[1]?.Condition).toEqual({ Bool: { "aws:SecureTransport": "true" } });
});

test("allow gives back what it added", () => {
  synthIn(dev, (stack) => {
    expect(new WorkloadIdentity(stack, "identity", props).allow(read)).toBe(read);
  });
});

test("an action that IAM cannot restrict may be allowed on every resource", () => {
  const actions = [...UNRESTRICTABLE_ACTIONS];
  expect(identity([{ actions, resources: ["*"] }]).only("aws_iam_role_policy")["policy"]).toContain('"*"');
});

test.each(["*", "s3:*", "*:*", "s3", "", "s3:Get Object", "${file}"])(
  "fails with PVD1025 for the action %j",
  (action) => {
    expect(() => identity([{ ...read, actions: [action] }])).toThrow(/PVD1025 dev-orders\/identity: got action/);
  },
);

test("fails with PVD1025 for every resource, when the action can name its own", () => {
  expect(() => identity([{ actions: ["s3:GetObject", "sts:GetCallerIdentity"], resources: ["*"] }])).toThrow(
    /PVD1025 dev-orders\/identity: got s3:GetObject on every resource/,
  );
});

test("fails with PVD1025 for a statement without action and resource, both at once", () => {
  expect(() => identity([{ actions: [], resources: [] }])).toThrow(/PVD1025 .*no action[^]*PVD1025 .*no resource/);
});

test("no statement on every resource passes unless IAM can restrict none of its actions", () => {
  const action = fc.oneof(
    fc.constantFrom(...UNRESTRICTABLE_ACTIONS),
    fc.constantFrom("s3:GetObject", "kms:Decrypt", "iam:PassRole", "ec2:RunInstances"),
  );
  fc.assert(
    fc.property(fc.array(action, { minLength: 1, maxLength: 5 }), (actions) => {
      const attempt = () => identity([{ actions, resources: ["arn:aws:s3:::a", "*"] }]);
      if (actions.every((one) => UNRESTRICTABLE_ACTIONS.has(one))) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(/PVD1025/);
    }),
    { numRuns: 25 },
  );
});

test("fails with PVD1006 when the name is too long for IAM, with the limit", () => {
  expect(() => identity([], { name: "o".repeat(60) })).toThrow(/PVD1006 .*IAM role.*at most 64/);
});

test("fails with PVD1007 when the name does not fit IAM", () => {
  expect(() => identity([], { name: "or/ders" })).toThrow(/PVD1007 .*IAM role/);
});
