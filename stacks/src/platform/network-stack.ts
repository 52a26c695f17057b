import type { Environment } from "@paved/model";
import { DnsZone, Network, PavedStack } from "@paved/modules";
import type { Construct } from "constructs";

/** The environment's network. Publishes `network@1` and `dns@1`. */
export class NetworkStack extends PavedStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, { environment, name: "network", kind: "network", owner: "platform" });
    new Network(this, "network");
    new DnsZone(this, "dns");
  }
}
