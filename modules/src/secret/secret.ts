import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { checkName, type Environment } from "@paved/model";
import { Construct } from "constructs";
import { consume, type Contract, publish } from "../contract/contract";
import type { EncryptionKey } from "../encryption-key/encryption-key";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { statefulLifecycle } from "../stack/protection";
import { secretPolicy } from "./secret-policy";

/** A secret, in the words of who needs one. Never its value. */
export interface SecretProps {
  /** Name of the service it belongs to. */
  readonly service: string;
  /** Name among the service's secrets, for example `stripe-api-key`. */
  readonly name: string;
  /** Key that encrypts the value; the writer must be among its users, through `secretsmanager`. */
  readonly key: EncryptionKey;
  /** Role of the team that puts the value. It must exist. */
  readonly writerArn: string;
}

/** A secret, made here or by another service. */
export interface ISecret {
  /** `paved/<environment>/<service>/<name>`, by which External Secrets finds it. */
  readonly path: string;
  readonly arn: string;
}

const FIELDS = { arn: "string" } as const;

/** What a service tells others of a secret. */
export function secretContract(service: string, name: string): Contract<typeof FIELDS> {
  return { name: `secret-${service}-${name}`, version: 1, fields: FIELDS };
}

/**
 * What a secret is called in Secrets Manager, as a literal that delivery can write down.
 * @throws PavedError PVD1006, PVD1007, PVD1008 when it does not fit Secrets Manager
 */
export function secretPath(
  environment: Pick<Environment, "name">,
  service: string,
  name: string,
  where: string,
): string {
  return checkName("secret name", `paved/${environment.name}/${service}/${name}`, where);
}

/** Days in which a secret that was deleted can be had back, where the environment is protected; its name is taken as long. */
const RECOVERY_DAYS = 30;

/**
 * A place for a secret in Secrets Manager, encrypted with the service's key (checkov CKV_AWS_149). The value is put by the
 * owning team, never by OpenTofu, and so is in no plan and no state; External Secrets alone reads it, for the pods. Where
 * the environment is protected, OpenTofu refuses to destroy it. Publishes `secret-<service>-<name>@1`, by which other
 * services' stacks find it.
 *
 * Cost: each secret is billed monthly, requests by number.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the name does not fit Secrets Manager
 */
export class Secret extends Construct implements ISecret {
  /** The secret of another service, found by its contract. Wrong names are PVD1011 at synth. */
  static fromName(scope: Construct, service: string, name: string): ISecret {
    const { environment } = stackOf(scope);
    const path = secretPath(environment, service, name, scope.node.path);
    return { path, arn: consume(scope, secretContract(service, name)).arn };
  }

  /** Name among the service's secrets. */
  readonly name: string;
  readonly path: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    recordOrigin(this);
    const { environment } = stackOf(this);
    this.name = props.name;
    this.path = secretPath(environment, props.service, props.name, this.node.path);
    const secret = new SecretsmanagerSecret(this, "secret", {
      name: this.path,
      description: `Of ${props.service}; its team puts the value`,
      kmsKeyId: props.key.arn,
      // Where nothing is protected a name is free again at once, so that what was taken out can be put in again.
      recoveryWindowInDays: environment.protected ? RECOVERY_DAYS : 0,
      lifecycle: statefulLifecycle(environment),
    });
    this.arn = secret.arn;
    new SecretsmanagerSecretPolicy(this, "policy", {
      secretArn: secret.arn,
      policy: secretPolicy({ secretArn: secret.arn, writerArn: props.writerArn, environment }),
      blockPublicPolicy: true,
    });
    publish(this, secretContract(props.service, props.name), { arn: secret.arn });
  }
}
