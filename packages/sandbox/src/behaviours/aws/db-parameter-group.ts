import { defineBehaviour, notUsedBy, unique } from "../define";

export const dbParameterGroup = defineBehaviour({
  type: "aws_db_parameter_group",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("rds", `pg:${it.id}`),
  defaults: { description: "Managed by Terraform", skip_destroy: false, "parameter.apply_method": "immediate" },
  replaceOn: ["name", "name_prefix", "family", "description"],
  checks: [
    unique(["name"], {
      doing: "creating RDS DB Parameter Group",
      call: "RDS: CreateDBParameterGroup",
      code: "DBParameterGroupAlreadyExists",
      message: (it) => `Parameter group ${it.text("name")} already exists`,
    }),
  ],
  canDelete: [
    notUsedBy([{ type: "aws_db_instance", attribute: "parameter_group_name", as: "name" }], {
      doing: "deleting RDS DB Parameter Group",
      call: "RDS: DeleteDBParameterGroup",
      code: "InvalidDBParameterGroupState",
      message: () =>
        "One or more database instances are still members of this parameter group, so the group cannot be deleted",
    }),
  ],
});
