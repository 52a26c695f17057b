import { awsRefusal, type Check, defineBehaviour, notUsedBy } from "../define";
import { isFree, isThere } from "./elasticache";
import { engineIsOffered, engineOf } from "./elasticache-user";

const WORDS = { doing: "creating ElastiCache User Group", call: "ElastiCache: CreateUserGroup" };
/** The user that AWS makes itself, for Redis alone. */
const GIVEN_USER = "default";

const hasDefaultUser: Check = (it) => {
  if (engineOf(it) !== "redis" || !it.changes("user_ids")) return;
  const names = it.texts("user_ids").map((id) => it.find("aws_elasticache_user", "id", id)?.text("user_name") ?? id);
  if (names.includes(GIVEN_USER)) return;
  const message = "You must add default user to a user group.";
  const fix = `Add a user whose user_name is ${GIVEN_USER}, or use the engine valkey, which needs none.`;
  throw awsRefusal(it, { ...WORDS, code: "DefaultUserRequired", message, fix, path: "user_ids" });
};

const namesDiffer: Check = (it) => {
  const names = it.texts("user_ids").map((id) => it.find("aws_elasticache_user", "id", id)?.text("user_name"));
  const twice = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
  if (twice === undefined) return;
  const message = `User group cannot contain more than one user with the name ${twice}.`;
  const fix = "Keep one of the users with that user_name.";
  throw awsRefusal(it, { ...WORDS, code: "DuplicateUserName", message, fix, path: "user_ids" });
};

export const elasticacheUserGroup = defineBehaviour({
  type: "aws_elasticache_user_group",
  id: (it) => it.text("user_group_id")!,
  arn: (it) => it.arn("elasticache", `usergroup:${it.id}`),
  replaceOn: ["user_group_id"],
  validate: [engineIsOffered(WORDS)],
  checks: [
    isThere("user_ids", "aws_elasticache_user", {
      ...WORDS,
      code: "UserNotFound",
      message: (id) => `User ${id} not found.`,
      given: (id) => id === GIVEN_USER,
    }),
    hasDefaultUser,
    namesDiffer,
    isFree("user_group_id", {
      ...WORDS,
      code: "UserGroupAlreadyExists",
      message: (it) => `User Group ${it.text("user_group_id")} already exists.`,
    }),
  ],
  canDelete: [
    notUsedBy([{ type: "aws_elasticache_replication_group", attribute: "user_group_ids" }], {
      doing: "deleting ElastiCache User Group",
      call: "ElastiCache: DeleteUserGroup",
      code: "InvalidUserGroupState",
      message: (it, user) => `User group ${it.id} is associated with replication group ${user.id}.`,
    }),
  ],
});
