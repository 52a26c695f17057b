import { Construct } from "constructs";
import { gatewayHosts } from "../../dns-zone/gateway-hosts";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { WorkloadIdentity } from "../../workload-identity/workload-identity";
import { HelmChart } from "../helm-chart";
import type { RoutedFacts } from "./aws-load-balancer-controller";
import { resources } from "./facts";

const NAME = "external-dns";

/** What stands before a host in the name of the record that says whose the host's other records are. */
const OWNERSHIP = "external-dns-";

/** {@link RoutedFacts}, and what names need. */
export interface DnsFacts extends RoutedFacts {
  /** Zone of the environment's domain, from `dns@1`. */
  readonly zoneId: string;
}

/** May name the hosts of the gateway in the one zone, and neither a site's nor the proof of a certificate. */
function identify(scope: Construct, namespace: string, { clusterName, zoneId }: DnsFacts): WorkloadIdentity {
  const { environment } = stackOf(scope);
  const zone = [`arn:aws:route53:::hostedzone/${zoneId}`];
  const identity = new WorkloadIdentity(scope, "identity", {
    name: NAME,
    namespace,
    serviceAccount: NAME,
    clusterName,
  });
  identity.allow({ actions: ["route53:ListHostedZones"], resources: ["*"] });
  identity.allow({ actions: ["route53:ListResourceRecordSets"], resources: zone });
  identity.allow({
    actions: ["route53:ChangeResourceRecordSets"],
    resources: zone,
    conditions: {
      "ForAllValues:StringLike": {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
          ...gatewayHosts(environment),
          `${OWNERSHIP}*.${environment.domain}`,
        ],
      },
      "ForAllValues:StringEquals": {
        "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "TXT"],
        "route53:ChangeResourceRecordSetsActions": ["CREATE", "UPSERT"],
      },
    },
  });
  return identity;
}

/**
 * ExternalDNS, which leads the hosts of routes to the load balancer of their gateway. It takes nothing away: the hosts are
 * there as long as the environment is, and a gateway that is away for a moment must not take its names along.
 */
export function externalDns(scope: Construct, facts: DnsFacts): HelmChart {
  const group = new Construct(scope, NAME);
  const { name, domain, region } = stackOf(group).environment;
  const namespace = new PlatformNamespace(group, "namespace", { name: NAME });
  const identity = identify(group, namespace.name, facts);
  return new HelmChart(group, "chart", {
    chart: "external-dns",
    namespace: namespace.name,
    after: [facts.monitoring.release, facts.gatewayKinds.release, ...identity.ready],
    values: {
      provider: { name: "aws" },
      sources: ["gateway-httproute", "gateway-grpcroute"],
      policy: "upsert-only",
      registry: "txt",
      txtOwnerId: `paved-${name}`,
      // Ends in a dot: put before the domain's own first label, the name would lie outside of the zone.
      txtPrefix: `${OWNERSHIP}%{record_type}.`,
      domainFilters: [domain],
      extraArgs: { "zone-id-filter": facts.zoneId },
      env: [{ name: "AWS_REGION", value: region }],
      serviceAccount: { create: true, name: NAME },
      resources: resources("25m", "128Mi"),
      serviceMonitor: { enabled: true },
    },
  });
}
