import { at, isSet, shown, texts, unless } from "../rule/attributes";
import { isTeams } from "../rule/delivered-kinds";
import { isNaming, wideRules } from "../rule/network-policy";
import { type Attributes, type ManifestRule, manifestRule, type ManifestSubject } from "../rule/rule";
import { deployment, oneContainer, WORKLOADS } from "../rule/workload";
import { podLabels, selects } from "./workloads";

const policy = (spec: Attributes): object => ({ kind: "NetworkPolicy", metadata: { name: "orders" }, spec });
const selected = { podSelector: { matchLabels: { "app.kubernetes.io/name": "orders" } } };

/** Whose pods a policy is of. */
const ownerOf = (subject: ManifestSubject) => ({ cidr: subject.environment.cidr, mayReachAll: !isTeams(subject) });

/** Rules on who reaches what. */
export const trafficRules: readonly ManifestRule[] = [
  manifestRule({
    id: "K8S-NET-001",
    title: "Every pod has a policy that says with whom it speaks",
    severity: "high",
    source: "CIS EKS 1.8 4.3.2, 5.4.4; NSA 2.0; KSV-0038; CKV2_K8S_6",
    why: "A pod without one speaks to every other, and to the internet.",
    want: "a NetworkPolicy that selects its pods, with policyTypes Ingress and Egress",
    fix: "leave it as the golden path makes it; open it with allowFrom",
    judges: WORKLOADS,
    check: (subject) => {
      const own = subject
        .siblings("NetworkPolicy")
        .filter(({ manifest }) => selects(at(manifest, "spec.podSelector"), podLabels(subject)));
      const types = own.flatMap(({ manifest }) => texts(at(manifest, "spec.policyTypes")));
      return ["Ingress", "Egress"]
        .filter((type) => !types.includes(type))
        .map((type) => ({ got: `no policy of ${type}` }));
    },
    fails: [deployment(oneContainer({})), policy({ ...selected, policyTypes: ["Ingress"] })],
    passes: [deployment(oneContainer({})), policy({ ...selected, policyTypes: ["Ingress", "Egress"] })],
  }),
  manifestRule({
    id: "K8S-NET-002",
    title: "Nobody gets in who was not named",
    severity: "high",
    source: "NSA 2.0; EKS Best Practices, network security",
    why: "A rule for everybody undoes all that other rules refuse.",
    want: "in every ingress rule ports by number and from by name: pods of a named namespace, monitoring as a whole, or a range of the last quarter of the environment's network, where load balancers and no pods are",
    fix: "name who may call with allowFrom",
    judges: ["NetworkPolicy"],
    check: (subject) => wideRules(subject.manifest["spec"], "ingress", ownerOf(subject)),
    fails: [policy({ ingress: [{ ports: [{ port: 8080 }] }] })],
    passes: [
      policy({
        ingress: [
          { from: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": "shop" } } }], ports: [{ port: 8080 }] },
        ],
      }),
    ],
  }),
  manifestRule({
    id: "K8S-NET-003",
    title: "Nothing gets out to everywhere, nor to the node's credentials",
    severity: "high",
    source: "CIS EKS 1.8 5.4.4; EKS Best Practices, network security: restrict access to instance metadata",
    why: "What an intruder takes leaves by the same way as his next tools come in.",
    want: "in every egress rule ports by number and to by name: pods of a named namespace, a range of the last quarter of the environment's network, where no pods are, the pod identity agent, or 0.0.0.0/0 on port 443 without private ranges and 169.254.0.0/16",
    fix: "name who is called with allowFrom on the other side, or the range",
    judges: ["NetworkPolicy"],
    check: (subject) => wideRules(subject.manifest["spec"], "egress", ownerOf(subject)),
    fails: [policy({ egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] })],
    passes: [policy({ egress: [{ to: [{ ipBlock: { cidr: "10.10.224.0/22" } }], ports: [{ port: 5432 }] }] })],
  }),
  manifestRule({
    id: "K8S-NET-009",
    title: "A policy is of pods that it names, and speaks of both directions",
    severity: "high",
    source: "NSA 2.0; Kubernetes, network policies: isolation of pods",
    why: "One of all pods opens them all; of a direction that is not spoken of nothing is refused.",
    want: "a podSelector with matchLabels, and policyTypes Ingress and Egress",
    fix: "leave it as the golden path makes it; open it with allowFrom",
    judges: ["NetworkPolicy"],
    check: ({ manifest }) => [
      ...unless(isNaming(at(manifest, "spec.podSelector")), `podSelector ${shown(at(manifest, "spec.podSelector"))}`),
      ...["Ingress", "Egress"]
        .filter((type) => !texts(at(manifest, "spec.policyTypes")).includes(type))
        .map((type) => ({ got: `no policyTypes ${type}` })),
    ],
    fails: [policy({ podSelector: {}, policyTypes: ["Ingress", "Egress"] })],
    passes: [policy({ ...selected, policyTypes: ["Ingress", "Egress"] })],
  }),
  manifestRule({
    id: "K8S-NET-004",
    title: "A service is reached inside the cluster, and from outside by the gateway alone",
    severity: "high",
    source: "CKV_K8S_44 by reach; Security Hub ELB.1 by reach; CVE-2020-8554",
    why: "Load balancers, node ports and external addresses are ways in past the gateway's TLS and logs.",
    want: "type ClusterIP without externalIPs and externalName",
    fix: "expose the service with exposeAt",
    judges: ["Service"],
    check: ({ manifest }) => {
      const type = at(manifest, "spec.type") ?? "ClusterIP";
      return [
        ...unless(type === "ClusterIP", `type ${shown(type)}`),
        ...["externalIPs", "externalName", "loadBalancerIP"]
          .filter((name) => isSet(at(manifest, `spec.${name}`)))
          .map((got) => ({ got })),
      ];
    },
    fails: [{ kind: "Service", metadata: { name: "orders" }, spec: { type: "LoadBalancer" } }],
    passes: [{ kind: "Service", metadata: { name: "orders" }, spec: { type: "ClusterIP" } }],
  }),
  manifestRule({
    id: "K8S-NET-005",
    title: "There is one way in, and it is a Gateway",
    severity: "medium",
    source: "Gateway API; CVE-2025-1974",
    why: "An Ingress is served by whatever controller there is, with annotations that nobody checks.",
    want: "HTTPRoute and GRPCRoute, no Ingress",
    fix: "expose the service with exposeAt",
    judges: ["Ingress", "IngressClass", "TCPRoute", "UDPRoute"],
    check: ({ kind }) => [{ got: kind }],
    fails: [{ kind: "Ingress", metadata: { name: "orders" } }],
    passes: [{ kind: "HTTPRoute", metadata: { name: "orders" } }],
  }),
];
