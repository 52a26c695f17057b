import { isDeepStrictEqual } from "node:util";
import type { Finding } from "@paved/model";
import { asText, recordAt } from "./rule/attributes";
import type { Attributes } from "./rule/rule";

/** The stack that makes the keys of all others: its own state has the key that the account was set up with. */
const KEY_MAKER = "state";

/**
 * PVD1022 for a stack whose state is not in S3, locked, and encrypted by OpenTofu with the key that is the stack's alone.
 * The settings are compared whole: a second method, a fallback or a target that is left out would let plain text through.
 */
export function judgeState(name: string, terraform: Attributes): readonly Finding[] {
  const backend = recordAt(terraform, "backend");
  const s3 = recordAt(backend, "s3");
  const fix = "extend PavedStack, and leave its state alone";
  const findings: Finding[] = [];
  if (s3["use_lockfile"] !== true || s3["encrypt"] !== true) {
    const kinds = Object.keys(backend);
    const got = kinds.length === 0 ? "no backend" : `backend ${kinds.join(", ")}`;
    findings.push({ code: "PVD1022", where: name, got, want: "state in S3, locked and encrypted", fix });
  }
  const key = keyFor(s3);
  if (key === undefined || !isDeepStrictEqual(terraform["encryption"], enforced(key, terraform))) {
    const got = terraform["encryption"] === undefined ? "no encryption" : "encryption in another way";
    const want = `state and plans that OpenTofu encrypts${key === undefined ? "" : ` with ${key}`}, nothing else accepted`;
    findings.push({ code: "PVD1022", where: name, got, want, fix });
  }
  return findings;
}

/** One key a state: `dev/orders.tfstate` has `alias/paved/dev/state/orders`. */
function keyFor({ key, kms_key_id: ofAccount }: Attributes): string | undefined {
  const [, environment, stack] = /^([a-z0-9]+)\/([a-z0-9-]+)\.tfstate$/.exec(asText(key)) ?? [];
  if (environment === undefined || stack === undefined) return undefined;
  return stack === KEY_MAKER ? asText(ofAccount) : `alias/paved/${environment}/state/${stack}`;
}

function enforced(key: string, terraform: Attributes): Attributes {
  const given = recordAt(terraform, "encryption.key_provider.aws_kms");
  const { region } = recordAt(given, KEY_PROVIDER);
  const target = { method: `method.aes_gcm.${KEY_PROVIDER}`, enforced: true };
  return {
    key_provider: { aws_kms: { [KEY_PROVIDER]: { kms_key_id: key, key_spec: "AES_256", region: asText(region) } } },
    method: { aes_gcm: { [KEY_PROVIDER]: { keys: `key_provider.aws_kms.${KEY_PROVIDER}` } } },
    state: target,
    plan: target,
  };
}

/** What the key provider and the method are called. */
const KEY_PROVIDER = "state";
