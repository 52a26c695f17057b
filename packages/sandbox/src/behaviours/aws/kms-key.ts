import { awsRefusal, type Check, defineBehaviour, lingeringType } from "../define";
import type { Instance } from "../instance";

const TYPE = "aws_kms_key";

/** The key that an attribute names by id, ARN or alias must exist and not be about to be deleted; AWS's own always do. */
export function kmsKeyUsable(path: string, words: { readonly doing: string; readonly call: string }): Check {
  return (it) => {
    const asked = it.text(path);
    if (asked === undefined || !it.changes(path) || asked.includes("alias/aws/")) return;
    const named = asked.includes("alias/") ? (keyOfAlias(it, asked) ?? asked) : asked;
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
    const [what, message] = named.includes("alias/")
      ? ["aws_kms_alias", `Alias ${named} is not found.`]
      : [TYPE, `Key '${named}' does not exist`];
    const fix = `Apply the ${what} first, or correct ${path}: no key of this account and region goes by that.`;
    throw awsRefusal(it, { ...words, code: "NotFoundException", message, fix, path });
  };
}

function keyOfAlias(it: Instance, alias: string): string | undefined {
  return it.find("aws_kms_alias", alias.startsWith("arn:") ? "arn" : "name", alias)?.text("target_key_arn");
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
