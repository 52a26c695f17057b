import type { Environment } from "@paved/model";
import { Cluster, consume, networkContract, PavedStack } from "@paved/modules";
import type { Construct } from "constructs";

/** The environment's one cluster. Publishes `cluster@1`. Nothing inside the cluster is in its state. */
export class ClusterStack extends PavedStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, { environment, name: "cluster", kind: "cluster", owner: "platform" });
    new Cluster(this, "cluster", { network: consume(this, networkContract) });
  }
}
