import { checkName, type Environment } from "@paved/model";

/** What of a stack says where its state is, and which key it is encrypted with. */
export interface StateOwner {
  readonly environment: Environment;
  /** Name in the environment, for example `orders`. */
  readonly name: string;
}

/** Name of the object that a stack's state is, in the environment's bucket. */
export function stateObject({ environment, name }: StateOwner): string {
  return `${environment.name}/${name}.tfstate`;
}

/** The stack that makes the keys of all others. Its own state has the key that the account was set up with. */
export const STATE_STACK = "state";

/**
 * Alias of the key that encrypts one stack's state and plans, and nothing else.
 * @throws PavedError PVD1006, PVD1007 when it does not fit KMS
 */
export function stateKeyAlias({ environment, name }: StateOwner): string {
  if (name === STATE_STACK) return environment.state.kmsKeyAlias;
  return checkName("KMS alias", `alias/paved/${environment.name}/state/${name}`, `${environment.name}-${name} state`);
}

/**
 * OpenTofu's own encryption of states and plans, as paths below `terraform` with their values. A data key of the stack's
 * key in KMS encrypts each; what is not encrypted is neither read nor written.
 */
export function stateEncryption(owner: StateOwner): Readonly<Record<string, string | boolean>> {
  const method = "method.aes_gcm.state";
  return {
    "encryption.key_provider.aws_kms.state.kms_key_id": stateKeyAlias(owner),
    "encryption.key_provider.aws_kms.state.key_spec": "AES_256",
    "encryption.key_provider.aws_kms.state.region": owner.environment.region,
    "encryption.method.aes_gcm.state.keys": "key_provider.aws_kms.state",
    "encryption.state.method": method,
    "encryption.state.enforced": true,
    "encryption.plan.method": method,
    "encryption.plan.enforced": true,
  };
}
