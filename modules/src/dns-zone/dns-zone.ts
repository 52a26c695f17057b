import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Construct } from "constructs";
import { publish } from "../contract/contract";
import { dnsContract } from "../contract/platform-contracts";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { statefulLifecycle } from "../stack/protection";

/**
 * The environment's own DNS zone, below which all its routes and sites are. Whoever has the domain above it delegates to
 * its name servers once. Publishes `dns@1`.
 *
 * Cost: the zone monthly, queries by number.
 */
export class DnsZone extends Construct {
  readonly zoneId: string;
  /** Servers to delegate to. */
  readonly nameServers: readonly string[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    recordOrigin(this);
    const { environment } = stackOf(this);
    const zone = new Route53Zone(this, "zone", {
      name: environment.domain,
      comment: `Routes and sites of ${environment.name}`,
      forceDestroy: false,
      lifecycle: statefulLifecycle(environment),
    });
    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
    publish(this, dnsContract, { zoneId: zone.zoneId });
  }
}
