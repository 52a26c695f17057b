import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { NetworkRules } from "../namespace/network-rules";
import { PlatformNamespace } from "../namespace/platform-namespace";
import { recordOrigin } from "../stack/origin";

/** Name of the namespace in which the users of databases are made. */
export const DATABASE_ACCESS_NAMESPACE = "database-access";

/**
 * Where the users of all databases are made: a namespace of the platform's, since who runs here can become the master of a
 * database. Closed to the network but for names and credentials, as services' namespaces are.
 *
 * Cost: nothing is billed.
 */
export class DatabaseAccessNamespace extends Construct {
  /** Name of the namespace; whoever uses it waits for the namespace. */
  readonly name: string;
  /** For what needs the namespace and cannot name it by reference. */
  readonly made: ITerraformDependable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    recordOrigin(this);
    const { name, made } = new PlatformNamespace(this, "namespace", { name: DATABASE_ACCESS_NAMESPACE });
    this.name = name;
    this.made = made;
    new NetworkRules(this, "network", { namespace: this.name });
  }
}
