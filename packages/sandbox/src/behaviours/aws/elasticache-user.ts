import { awsRefusal, type Check, defineBehaviour } from "../define";
import type { Instance } from "../instance";
import { isFree, lowered } from "./elasticache";

const WORDS = { doing: "creating ElastiCache User", call: "ElastiCache: CreateUser" };

/** An engine may be written in capitals, and is not kept so. */
export function engineOf(it: Instance): string {
  return lowered(it, "engine");
}

/** Engines that have users and groups of them. */
export function engineIsOffered(words: { readonly doing: string; readonly call: string }): Check {
  return (it) => {
    if (it.text("engine") === undefined || ["redis", "valkey"].includes(engineOf(it))) return;
    const message = `Invalid engine: ${it.text("engine")}`;
    throw awsRefusal(it, {
      ...words,
      code: "InvalidParameterValue",
      message,
      fix: "Use valkey or redis.",
      path: "engine",
    });
  };
}

const identifierIsAllowed: Check = (it) => {
  const id = it.text("user_id");
  if (id === undefined || (/^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{0,39}$/.test(id) && !id.endsWith("-"))) return;
  const message = `The parameter UserId is not a valid identifier: ${id}`;
  const fix =
    "Use at most 40 letters, digits and single hyphens, beginning with a letter and not ending with a hyphen.";
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterValue", message, fix, path: "user_id" });
};

const namesAreEqualWithIam: Check = (it) => {
  const [id, name] = [it.text("user_id"), it.text("user_name")];
  if (it.text("authentication_mode.type") !== "iam" || id === undefined || name === undefined || id === name) return;
  const message = "For IAM authentication, the user ID and the user name must be the same.";
  const fix = `Set user_name to ${id}.`;
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterCombination", message, fix, path: "user_name" });
};

const passwordsFitMode: Check = (it) => {
  const type = it.text("authentication_mode.type");
  const passwords = it.get("authentication_mode.passwords");
  if (type === undefined || (passwords != null && !Array.isArray(passwords))) return;
  const hasPasswords = Array.isArray(passwords) && passwords.length > 0;
  if (hasPasswords === (type === "password")) return;
  const message = hasPasswords
    ? `Passwords are not allowed with authentication mode ${type}.`
    : "Passwords are required with authentication mode password.";
  const fix = hasPasswords ? "Leave out passwords, or set the type to password." : "Give it one or two passwords.";
  const path = "authentication_mode.type";
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterCombination", message, fix, path });
};

export const elasticacheUser = defineBehaviour({
  type: "aws_elasticache_user",
  id: (it) => it.text("user_id")!,
  arn: (it) => it.arn("elasticache", `user:${it.id}`),
  defaults: { no_password_required: false },
  replaceOn: ["user_id", "user_name"],
  recompute: { "authentication_mode.password_count": ["authentication_mode.passwords"] },
  computed: (it) => ({
    authentication_mode: [{ password_count: it.texts("authentication_mode.passwords").length }],
  }),
  validate: [engineIsOffered(WORDS), identifierIsAllowed, namesAreEqualWithIam, passwordsFitMode],
  checks: [
    isFree("user_id", {
      ...WORDS,
      code: "UserAlreadyExists",
      message: (it) => `User ${it.text("user_id")} already exists.`,
    }),
  ],
});
