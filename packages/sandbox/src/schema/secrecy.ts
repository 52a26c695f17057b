/** Attribute names that are secret wherever they occur in the pinned providers. */
const SECRET_NAMES = new Set([
  "access_key",
  "auth_token",
  "client_key",
  "master_password",
  "password",
  "private_key",
  "repository_password",
  "secret_binary",
  "secret_key",
  "secret_string",
  "set_sensitive",
  "token",
]);

/** Attributes that are secret on one type only. The bindings do not carry the mark, so it is written down here. */
const SECRET_ATTRIBUTES: Record<string, readonly string[]> = {
  aws_elasticache_user: ["passwords"],
  aws_iam_access_key: ["secret", "ses_smtp_password_v4"],
  aws_ssm_parameter: ["value"],
  kubernetes_secret: ["data", "binary_data"],
  kubernetes_secret_v1: ["data", "binary_data"],
};

/** Whether plans must hide an attribute. The AWS provider hides all of its write-only ones as well. */
export function isSensitive(type: string, attribute: { readonly name: string; readonly computed: boolean }): boolean {
  const { name } = attribute;
  const isListed = SECRET_NAMES.has(name) || (SECRET_ATTRIBUTES[type]?.includes(name) ?? false);
  return isListed || (type.startsWith("aws_") && isWriteOnly(attribute));
}

/** Whether an attribute is write-only: by the providers' convention its name ends in `_wo`. */
export function isWriteOnly({ name, computed }: { readonly name: string; readonly computed: boolean }): boolean {
  return name.endsWith("_wo") && !computed;
}
