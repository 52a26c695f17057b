import { NetworkPolicyV1, type NetworkPolicyV1SpecEgress } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { Construct } from "constructs";
import { recordOrigin } from "../stack/origin";

/** Which namespace. */
export interface NetworkRulesProps {
  /** Name of the namespace. */
  readonly namespace: string;
}

/** Where pods get their cloud credentials: the agent on their own node (EKS user guide, "EKS Pod Identity Agent"). */
export const POD_IDENTITY_AGENT = { cidr: "169.254.170.23/32", port: 80 } as const;

/** Who answers for names, on port 53. */
export const CORE_DNS = {
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
  podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
} as const;

/**
 * Closes the namespace: no pod talks to anyone, and nobody to it (CIS EKS 4.3.2, NSA hardening guide), but for two things
 * without which nothing runs: names, and cloud credentials. What a workload may reach beyond is said by its own policy.
 *
 * Cost: nothing is billed.
 */
export class NetworkRules extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkRulesProps,
  ) {
    super(scope, id);
    recordOrigin(this);
    this.denyAll();
    this.allowOut("allow-dns", this.toCoreDns());
    this.allowOut("allow-pod-identity", {
      to: [{ ipBlock: { cidr: POD_IDENTITY_AGENT.cidr } }],
      ports: [{ protocol: "TCP", port: String(POD_IDENTITY_AGENT.port) }],
    });
  }

  private denyAll(): void {
    new NetworkPolicyV1(this, "default-deny", {
      metadata: { name: "default-deny", namespace: this.props.namespace },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
  }

  private allowOut(name: string, egress: NetworkPolicyV1SpecEgress): void {
    new NetworkPolicyV1(this, name, {
      metadata: { name, namespace: this.props.namespace },
      spec: { podSelector: {}, policyTypes: ["Egress"], egress: [egress] },
    });
  }

  private toCoreDns(): NetworkPolicyV1SpecEgress {
    return {
      to: [CORE_DNS],
      ports: [
        { protocol: "UDP", port: "53" },
        { protocol: "TCP", port: "53" },
      ],
    };
  }
}
