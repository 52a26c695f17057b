import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { checkName } from "@paved/model";
import { Construct } from "constructs";
import { InfrastructureConfig } from "../infrastructure-config/infrastructure-config";
import { useKubernetes } from "../stack/kubernetes";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { WorkloadIdentity } from "../workload-identity/workload-identity";
import type { Database } from "./database";

/** Which database. */
export interface DatabaseAdministratorProps {
  /** Name of the service whose database it is; names the service account, and the ConfigMap. */
  readonly name: string;
  readonly database: Database;
  /** Namespace of the administrators of all databases: of the platform's, so that no team's pod can be one. */
  readonly namespace: string;
}

/**
 * Who makes the users of a database: AWS has no API that does. A service account, for a job that Argo CD delivers, whose
 * cloud identity may read the master password of this one database, and nothing else. Users sign in by IAM afterwards;
 * the password stays where RDS keeps and rotates it.
 *
 * Cost: nothing is billed.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the name does not fit Kubernetes or IAM
 */
export class DatabaseAdministrator extends Construct {
  constructor(scope: Construct, id: string, props: DatabaseAdministratorProps) {
    super(scope, id);
    recordOrigin(this);
    const stack = stackOf(this);
    useKubernetes(stack);
    const { database, namespace } = props;
    const identity = new WorkloadIdentity(this, "identity", {
      name: `${props.name}-database-admin`,
      namespace,
      serviceAccount: checkName("Kubernetes name", props.name, this.node.path),
    });
    identity.allow({ actions: ["secretsmanager:GetSecretValue"], resources: [database.masterSecretArn] });
    identity.allow({ actions: ["kms:Decrypt"], resources: [database.keyArn] });
    new ServiceAccountV1(this, "service-account", {
      metadata: { name: props.name, namespace },
      automountServiceAccountToken: false,
      dependsOn: [...identity.ready],
    });
    const config = new InfrastructureConfig(this, "config", { name: props.name, namespace });
    config.set("AWS_REGION", stack.environment.region);
    config.set("PGHOST", database.host);
    config.set("PGPORT", String(database.port));
    config.set("PGDATABASE", database.databaseName);
    config.set("MASTER_SECRET_ARN", database.masterSecretArn);
  }
}
