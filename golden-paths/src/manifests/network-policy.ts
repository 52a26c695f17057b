import { MONITORING_NAMESPACE } from "@paved/modules";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import type { TrafficRule } from "../service/traffic";
import { type Manifest, rendered } from "./manifest";
import { metadata, type PodFacts, selector } from "./pod-facts";

/** What a workload may reach and be reached by; all else the namespace denies. */
export interface Reach {
  /** Services that may call it. */
  readonly callers: readonly TrafficRule[];
  /** Services it may call. */
  readonly callees: readonly TrafficRule[];
  /** Ranges of the load balancer's subnets, when it has a public route. */
  readonly loadBalancer: readonly string[];
  /** Ranges and ports outside the cluster, for example its database. */
  readonly ranges: readonly { readonly cidrs: readonly string[]; readonly port: number }[];
  /** True when it may call anything on the internet over HTTPS. */
  readonly internet: boolean;
}

const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });
const podsOf = (name: string) => ({ ...inNamespace(name), podSelector: { matchLabels: selector({ name }) } });
const blocks = (cidrs: readonly string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
const tcp = (port: number) => [{ protocol: "TCP" as const, port }];

/** The intent verbs as a policy: one rule for each thing that was said, nothing else. Names and cloud
 * credentials are the namespace's business. */
export function networkPolicy(facts: PodFacts, reach: Reach): Manifest {
  const { port } = facts;
  const model = new NetworkPolicy({
    metadata: metadata(facts),
    spec: {
      podSelector: { matchLabels: selector(facts) },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [inNamespace(MONITORING_NAMESPACE)], ports: tcp(facts.metricsPort.number) },
        ...(port === undefined ? [] : waysIn(port.number, reach)),
      ],
      egress: [
        ...reach.callees.map((rule) => ({ to: [podsOf(rule.to)], ports: tcp(rule.port) })),
        ...reach.ranges.map((range) => ({ to: blocks(range.cidrs), ports: tcp(range.port) })),
        ...(reach.internet
          ? [
              {
                to: [
                  {
                    ipBlock: {
                      cidr: "0.0.0.0/0",
                      except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"],
                    },
                  },
                ],
                ports: tcp(443),
              },
            ]
          : []),
      ],
    },
  });
  return rendered(model, facts.where);
}

function waysIn(port: number, { callers, loadBalancer }: Reach) {
  return [
    ...(callers.length > 0 ? [{ from: callers.map((rule) => podsOf(rule.from)), ports: tcp(port) }] : []),
    ...(loadBalancer.length > 0 ? [{ from: blocks(loadBalancer), ports: tcp(port) }] : []),
  ];
}
