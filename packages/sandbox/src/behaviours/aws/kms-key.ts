import { awsRefusal, type Check, defineBehaviour, lingeringType } from "../define";

const TYPE = "aws_kms_key";

/** The key that an attribute names by id or ARN must exist and not be about to be deleted; aliases and AWS's own keys always do. */
export function kmsKeyUsable(path: string, words: { readonly doing: string; readonly call: string }): Check {
  return (it) => {
    const named = it.text(path);
    if (named === undefined || !it.changes(path) || named.includes("alias/")) return;
    const isNamed = (type: string): boolean =>
      ["arn", "key_id"].some((attribute) => it.find(type, attribute, named) !== undefined);
    if (isNamed(TYPE)) return;
    if (isNamed(lingeringType(TYPE))) {
      const fix = "Cancel the key's deletion, or name another key.";
      throw awsRefusal(it, {
        ...words,
        code: "KMSInvalidStateException",
        message: `${named} is pending deletion.`,
        fix,
        path,
      });
    }
    if (named.startsWith("arn:") && !named.includes(`:${it.place.account}:`)) return;
    const fix = `Apply the ${TYPE} first, or correct ${path}: no key of this account and region has that id or ARN.`;
    throw awsRefusal(it, { ...words, code: "NotFoundException", message: `Key '${named}' does not exist`, fix, path });
  };
}

export const kmsKey = defineBehaviour({
  type: TYPE,
  id: (it) => it.uuid(),
  arn: (it) => it.arn("kms", `key/${it.id}`),
  defaults: {
    bypass_policy_lockout_safety_check: false,
    customer_master_key_spec: "SYMMETRIC_DEFAULT",
    enable_key_rotation: false,
    is_enabled: true,
    key_usage: "ENCRYPT_DECRYPT",
    multi_region: false,
  },
  replaceOn: ["customer_master_key_spec", "custom_key_store_id", "key_usage", "multi_region", "xks_key_id"],
  computed: (it) => ({
    key_id: it.id,
    policy: JSON.stringify({
      Id: "key-default-1",
      Statement: [
        {
          Action: "kms:*",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${it.place.account}:root` },
          Resource: "*",
          Sid: "Enable IAM User Permissions",
        },
      ],
      Version: "2012-10-17",
    }),
    rotation_period_in_days: it.isTrue("enable_key_rotation") ? 365 : 0,
  }),
  importIds: (it) => [it.text("key_id") ?? ""],
  lingers: () => true,
});
