import { iamSentences } from "../src/impact/iam-sentences";
import { networkPolicySentences } from "../src/impact/network-sentences";
import { permissionChanges } from "../src/impact/permissions";
import type { ManifestDifference } from "../src/difference/manifest-difference";
import type { ElementDifference } from "../src/difference/stack-difference";

const changed = (address: string, before: object | undefined, after: object | undefined) =>
  permissionChanges([{ address, change: "changed", attributes: [], before, after } as ElementDifference], []);
const policy = (...statements: readonly object[]) => ({ policy: JSON.stringify({ Statement: statements }) });
const read = { Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: "arn:aws:s3:::a" };

describe("identity and resource policies", () => {
  test("say each action on each resource, to whom and when", () => {
    expect(
      iamSentences({
        Statement: {
          Effect: "Allow",
          Principal: { Service: ["sns.amazonaws.com", "logs.amazonaws.com"] },
          Action: "sqs:SendMessage",
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": "1" }, ArnLike: { "aws:SourceArn": ["b", "a"] } },
        },
      }),
    ).toEqual([
      "Allow sqs:SendMessage on *, to logs.amazonaws.com and sns.amazonaws.com, when " +
        "aws:SourceAccount StringEquals 1 and aws:SourceArn ArnLike a or b",
    ]);
  });

  test("say what is everything but something", () => {
    const statement = { Effect: "Deny", NotAction: "s3:*", NotResource: ["a"], NotPrincipal: "*" };
    expect(iamSentences({ Statement: [statement] })).toEqual(["Deny all but s3:* on all but a, to all but *"]);
  });

  test("that cannot be read are a permission nobody can judge", () => {
    expect(iamSentences("${data.x.json}")).toEqual(["Allow what cannot be read here: ${data.x.json}"]);
  });

  test("written otherwise, and the same, are no change", () => {
    const apart = read.Action.map((Action) => ({ ...read, Action }));
    expect(changed("aws_iam_role_policy.p", policy(read), policy(...apart.toReversed()))).toEqual([]);
  });

  test("that grant more say what, and what they withdraw", () => {
    const more = { ...read, Action: ["s3:GetObject", "s3:*"] };
    expect(changed("aws_iam_role_policy.p", policy(read), policy(more))).toEqual([
      {
        subject: "aws_iam_role_policy.p",
        sort: "cloud",
        granted: ["Allow s3:* on arn:aws:s3:::a"],
        withdrawn: ["Allow s3:ListBucket on arn:aws:s3:::a"],
      },
    ]);
  });
});

test.each([
  [
    "aws_vpc_security_group_ingress_rule.r",
    { security_group_id: "sg-1", cidr_ipv4: "0.0.0.0/0", ip_protocol: "tcp", from_port: 5432, to_port: 5432 },
    "sg-1 lets in from 0.0.0.0/0 on tcp port 5432",
  ],
  [
    "aws_eks_access_policy_association.a",
    { principal_arn: "arn:team", policy_arn: "arn:admin", access_scope: { type: "cluster" } },
    'arn:team has arn:admin in {"type":"cluster"}',
  ],
  [
    "aws_eks_pod_identity_association.p",
    { namespace: "orders", service_account: "orders", role_arn: "arn:role" },
    "pods of orders/orders take arn:role",
  ],
  ["aws_iam_role_policy_attachment.a", { role: "r", policy_arn: "arn:admin" }, "r has arn:admin"],
  [
    "kubernetes_role_v1.r",
    { rule: [{ api_groups: ["apps"], resources: ["deployments"], verbs: ["delete"] }] },
    "delete deployments.apps",
  ],
  [
    "kubernetes_role_binding_v1.b",
    { role_ref: [{ name: "admin" }], subject: [{ kind: "Group", name: "team:commerce" }] },
    "Group team:commerce is admin",
  ],
])("a new %s says what it permits", (address, attributes, sentence) => {
  expect(changed(address, undefined, attributes)[0]?.granted).toEqual([sentence]);
  expect(changed(address, attributes, undefined)[0]?.withdrawn).toEqual([sentence]);
});

test("network policies say each peer and port, as Kubernetes writes them and as OpenTofu's provider does", () => {
  const inCluster = {
    podSelector: { matchLabels: { "app.kubernetes.io/name": "orders" } },
    ingress: [
      {
        from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } }, podSelector: {} }],
        ports: [{ protocol: "TCP", port: 8080 }],
      },
      { ports: [{ port: 9090 }] },
    ],
    egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] }],
  };
  expect(networkPolicySentences(inCluster)).toEqual([
    "pods orders: in from pods all of namespace shop on TCP 8080",
    "pods orders: in from everybody on TCP 9090",
    "pods orders: out to 0.0.0.0/0 but for 10.0.0.0/8 on every port",
  ]);
  const inTofu = {
    pod_selector: {},
    egress: [
      {
        to: [{ namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "kube-system" } } }],
        ports: [{ protocol: "UDP", port: "53" }],
      },
    ],
  };
  expect(networkPolicySentences([inTofu])).toEqual(["pods all: out to namespace kube-system on UDP 53"]);
});

test.each([
  [
    "HTTPRoute",
    { hostnames: ["dev.example.com"], rules: [{ matches: [{ path: { value: "/orders" } }] }] },
    "the internet reaches dev.example.com /orders",
  ],
  [
    "GRPCRoute",
    { rules: [{ matches: [{ method: { service: "pricing.v1.Pricing" } }] }] },
    "the internet reaches every name pricing.v1.Pricing",
  ],
  ["AppProject", { destinations: [{ namespace: "orders" }] }, "delivers to orders"],
])("a new %s says what it opens", (kind, spec, sentence) => {
  const after = { kind, metadata: { name: "x" }, spec };
  const difference = { kind, name: "x", namespace: "n", change: "added", after } as unknown as ManifestDifference;
  expect(permissionChanges([], [difference])).toMatchObject([{ subject: `${kind} n/x`, granted: [sentence] }]);
});
