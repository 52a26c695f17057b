import { inManifestNames, type PolicyOwner, wideRules } from "../src/rule/network-policy";

const service: PolicyOwner = { cidr: "10.10.0.0/16", mayReachAll: false };
const ports = [{ protocol: "TCP", port: 443 }];
const inNamespace = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });
const pods = { matchLabels: { "app.kubernetes.io/name": "orders" } };
const everywhere = (...except: readonly string[]) => ({ ipBlock: { cidr: "0.0.0.0/0", except } });
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"];

test.each([
  ["pods of a namespace", { namespaceSelector: inNamespace("orders"), podSelector: pods }],
  ["pods of its own namespace", { podSelector: pods }],
  ["a subnet", { ipBlock: { cidr: "10.10.224.0/22" } }],
  ["the internet without what is private", everywhere(...PRIVATE)],
])("a rule may name %s", (_, peer) => {
  expect(wideRules({ egress: [{ to: [peer], ports }] }, "egress", service)).toEqual([]);
});

test.each([
  ["whatever there is", {}],
  ["every namespace", { namespaceSelector: {} }],
  ["some pods of every namespace", { namespaceSelector: {}, podSelector: pods }],
  ["namespaces by an expression", { namespaceSelector: { matchExpressions: [{ key: "x", operator: "Exists" }] } }],
  [
    "namespaces by a label that others may bear",
    { namespaceSelector: { matchLabels: { team: "x" } }, podSelector: pods },
  ],
  ["every pod of another namespace", { namespaceSelector: inNamespace("payments") }],
  ["every pod of its own namespace", { podSelector: {} }],
  ["the whole network", { ipBlock: { cidr: "10.10.0.0/16" } }],
  ["another network", { ipBlock: { cidr: "10.20.224.0/22" } }],
  ["the nodes' credentials", { ipBlock: { cidr: "169.254.169.254/32" } }],
  ["the internet with the network", everywhere("169.254.0.0/16")],
  ["everywhere by IPv6", { ipBlock: { cidr: "::/0" } }],
])("a rule may not name %s", (_, peer) => {
  expect(wideRules({ egress: [{ to: [peer], ports }] }, "egress", service)).toHaveLength(1);
});

test.each([
  ["no ports", undefined],
  ["a protocol alone", [{ protocol: "TCP" }]],
  ["a range of ports", [{ port: 1, endPort: 65535 }]],
])("a rule may not have %s", (_, open) => {
  const rule = { from: [{ podSelector: pods }], ports: open };
  expect(wideRules({ ingress: [rule] }, "ingress", service)).toHaveLength(1);
});

test("nobody gets in from the internet, on whatever port", () => {
  expect(wideRules({ ingress: [{ from: [everywhere(...PRIVATE)], ports }] }, "ingress", service)).toHaveLength(1);
});

test("what the platform shows people may reach its own network too, and never the nodes' credentials", () => {
  const platform = { ...service, mayReachAll: true };
  const reached = (...except: readonly string[]) =>
    wideRules({ egress: [{ to: [everywhere(...except)], ports }] }, "egress", platform);
  expect(reached("169.254.0.0/16")).toEqual([]);
  expect(reached()).toHaveLength(1);
});

test("names of OpenTofu's provider are those of manifests", () => {
  expect(inManifestNames({ pod_selector: [{ match_labels: {} }] })).toEqual({ podSelector: [{ matchLabels: {} }] });
});
