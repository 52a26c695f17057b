import { awsRefusal, type Check, defineBehaviour, notUsedBy, unique } from "../define";
import { CREATED_AT } from "../instance";
import { iamArn, isPolicyDocument } from "./iam";

const WORDS = { doing: "creating IAM Role", call: "IAM: CreateRole" };
const LONGEST_NAME = 64;

const nameIsAllowed: Check = (it) => {
  const name = it.text("name");
  if (name === undefined || (/^[\w+=,.@-]+$/.test(name) && name.length <= LONGEST_NAME)) return;
  const message = `1 validation error detected: Value at 'roleName' failed to satisfy constraint: ${name}`;
  const fix = `Use at most ${LONGEST_NAME} letters, digits and +=,.@-_ characters.`;
  throw awsRefusal(it, { ...WORDS, code: "ValidationError", message, fix, path: "name" });
};

export const iamRole = defineBehaviour({
  type: "aws_iam_role",
  id: (it) => it.text("name")!,
  arn: (it) => iamArn(it, "role", it.id),
  defaults: { force_detach_policies: false, max_session_duration: 3600, path: "/" },
  replaceOn: ["name", "name_prefix", "path"],
  computed: (it) => ({ create_date: CREATED_AT, managed_policy_arns: [], unique_id: `AROA${it.capitals(17)}` }),
  validate: [nameIsAllowed, isPolicyDocument("assume_role_policy", WORDS)],
  checks: [
    unique(["name"], {
      ...WORDS,
      code: "EntityAlreadyExists",
      message: (it) => `Role with name ${it.text("name")} already exists.`,
    }),
  ],
  canDelete: [
    (it) =>
      it.isTrue("force_detach_policies")
        ? undefined
        : notUsedBy(
            [
              { type: "aws_iam_role_policy_attachment", attribute: "role", as: "name" },
              { type: "aws_iam_role_policy", attribute: "role", as: "name" },
            ],
            {
              doing: "deleting IAM Role",
              call: "IAM: DeleteRole",
              code: "DeleteConflict",
              message: () => "Cannot delete entity, must detach all policies first.",
            },
          )(it),
  ],
});
