import { type BundleEvidence, PavedError } from "@paved/model";
import type { FleetStack } from "../workspace/fleet";
import type { Mode } from "../workspace/workspace";

/** The variable that has the passphrase. */
export const BUNDLE_KEY = "PAVED_BUNDLE_KEY";
/** As OpenTofu wants it at least. */
const SHORTEST = 16;
/** OpenTofu merges what the environment says of encryption with what the code says: by a name that the code has not. */
const NAME = "paved_bundle";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the plans of a bundle are encrypted with: the passphrase, where there is one, and in the cloud the key of each state.
 * @throws PavedError PVD5005 without either, or with a passphrase that is too short
 */
export function chooseEncryption(mode: Mode, environment: Environment): BundleEvidence["encryption"] {
  if (mode === "live" && environment[BUNDLE_KEY] === undefined) return "kms";
  passphraseIn(environment);
  return "passphrase";
}

/**
 * What `TF_ENCRYPTION` says for each stack: plans are encrypted, states are as the code says.
 * @throws PavedError PVD5005 when the passphrase is missing; PVD4003 when the user has settings for the cloud that would be lost
 */
export function planEncryption(
  encryption: BundleEvidence["encryption"],
  mode: Mode,
  environment: Environment,
): (stack: FleetStack) => string {
  // Nothing of the user's reaches the engine in the sandbox.
  if (mode === "live" && environment["TF_ENCRYPTION"] !== undefined) throw otherSettings();
  if (encryption === "kms") return (stack) => settings("aws_kms", stateKeyOf(stack));
  const passphrase = passphraseIn(environment);
  return () => settings("pbkdf2", { passphrase });
}

function settings(provider: string, options: object): string {
  return JSON.stringify({
    key_provider: { [provider]: { [NAME]: options } },
    method: { aes_gcm: { [NAME]: { keys: `key_provider.${provider}.${NAME}` } } },
    plan: { method: `method.aes_gcm.${NAME}`, enforced: true },
  });
}

function passphraseIn({ [BUNDLE_KEY]: passphrase }: Environment): string {
  if (passphrase !== undefined && passphrase.length >= SHORTEST) return passphrase;
  throw new PavedError({
    code: "PVD5005",
    where: BUNDLE_KEY,
    got: passphrase === undefined ? "no passphrase in the environment" : "a passphrase that is too short",
    want: `at least ${SHORTEST} characters: plans hold secrets, and are encrypted`,
    fix: `set ${BUNDLE_KEY} to what the pipeline keeps as a secret`,
  });
}

function otherSettings(): PavedError {
  return new PavedError({
    code: "PVD4003",
    where: "TF_ENCRYPTION",
    got: "settings of your own",
    want: "none: a bundle sets its own, and yours would be lost",
    fix: "unset TF_ENCRYPTION; how states are encrypted is said in code",
  });
}

/** The key that the state is encrypted with, which who may apply the stack may use anyhow. */
function stateKeyOf({ name, json }: FleetStack): object {
  const root = JSON.parse(json) as { terraform?: { backend?: { s3?: { kms_key_id?: string; region?: string } } } };
  const { kms_key_id, region } = root.terraform?.backend?.s3 ?? {};
  if (kms_key_id !== undefined && region !== undefined) return { kms_key_id, region, key_spec: "AES_256" };
  throw new PavedError({
    code: "PVD5005",
    where: name,
    got: "a state without a key of KMS",
    want: "a key for its plan",
    fix: `set ${BUNDLE_KEY}, or give its state a key`,
  });
}
