import { Refusal } from "../../protocol/diagnostics";
import { defineData } from "./define";

export const dbInstance = defineData({
  type: "aws_db_instance",
  read: (query) => {
    const identifier = query.text("db_instance_identifier");
    const found = query.find("aws_db_instance", "identifier", identifier);
    if (found === undefined) {
      const summary = `reading RDS DB Instance (${identifier}): api error DBInstanceNotFound: DBInstance ${identifier} not found.`;
      throw new Refusal(summary, "Apply the stack that creates it first, or correct the identifier.", [
        "db_instance_identifier",
      ]);
    }
    const { values } = found;
    return {
      ...values,
      db_instance_arn: values["arn"] ?? null,
      db_instance_class: values["instance_class"] ?? null,
      db_instance_identifier: values["identifier"] ?? null,
      db_instance_port: values["port"] ?? null,
      db_parameter_groups: [values["parameter_group_name"] ?? null],
      db_subnet_group: values["db_subnet_group_name"] ?? null,
      master_username: values["username"] ?? null,
      option_group_memberships: [values["option_group_name"] ?? null],
      preferred_backup_window: values["backup_window"] ?? null,
      preferred_maintenance_window: values["maintenance_window"] ?? null,
      vpc_security_groups: values["vpc_security_group_ids"] ?? [],
    };
  },
});
