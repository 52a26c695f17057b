import { defineBehaviour, unique } from "../define";
import { kmsKeyUsable } from "./kms-key";

const WORDS = { doing: "creating Secrets Manager Secret", call: "Secrets Manager: CreateSecret" };

export const secretsmanagerSecret = defineBehaviour({
  type: "aws_secretsmanager_secret",
  id: (it) => it.arn("secretsmanager", `secret:${it.text("name")}-${it.capitals(6)}`),
  arn: (it) => it.id,
  defaults: { force_overwrite_replica_secret: false, recovery_window_in_days: 30 },
  replaceOn: ["name", "name_prefix"],
  checks: [
    kmsKeyUsable("kms_key_id", WORDS),
    unique(["name"], {
      ...WORDS,
      code: "ResourceExistsException",
      message: (it) => `The operation failed because the secret ${it.text("name")} already exists.`,
    }),
  ],
  lingers: (it) => it.number("recovery_window_in_days") !== 0,
});
