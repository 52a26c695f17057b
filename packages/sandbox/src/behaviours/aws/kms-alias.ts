import { awsRefusal, type Check, defineBehaviour, unique } from "../define";
import { kmsKeyUsable } from "./kms-key";

const WORDS = { doing: "creating KMS Alias", call: "KMS: CreateAlias" };

const nameIsAllowed: Check = (it) => {
  const name = it.text("name");
  if (name === undefined || /^alias\/(?!aws\/)[\w/-]+$/.test(name)) return;
  const fix = "Begin the name with alias/, not with alias/aws/, followed by letters, digits, '/', '_' and '-'.";
  throw awsRefusal(it, {
    ...WORDS,
    code: "InvalidAliasNameException",
    message: `Invalid alias name: ${name}`,
    fix,
    path: "name",
  });
};

export const kmsAlias = defineBehaviour({
  type: "aws_kms_alias",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("kms", it.id),
  replaceOn: ["name", "name_prefix"],
  recompute: { target_key_arn: ["target_key_id"] },
  computed: (it) => {
    const target = it.text("target_key_id") ?? "";
    return { target_key_arn: target.startsWith("arn:") ? target : it.arn("kms", `key/${target}`) };
  },
  validate: [nameIsAllowed],
  checks: [
    kmsKeyUsable("target_key_id", WORDS),
    unique(["name"], {
      ...WORDS,
      code: "AlreadyExistsException",
      message: (it) => `An alias with the name ${it.arn("kms", it.text("name")!)} already exists`,
    }),
  ],
});
