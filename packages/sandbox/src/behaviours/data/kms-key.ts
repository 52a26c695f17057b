import { Refusal } from "../../protocol/diagnostics";
import { CREATED_AT } from "../instance";
import { defineData } from "./define";

export const kmsKey = defineData({
  type: "aws_kms_key",
  read: (query) => {
    const asked = query.text("key_id") ?? "";
    const alias = query.find("aws_kms_alias", asked.startsWith("arn:") ? "arn" : "name", asked);
    const id = alias?.text("target_key_arn") ?? asked;
    const found = query.find("aws_kms_key", id.startsWith("arn:") ? "arn" : "key_id", id);
    if (found === undefined) {
      const summary = `reading KMS Key (${asked}): operation error KMS: DescribeKey, api error NotFoundException: Key '${asked}' does not exist`;
      throw new Refusal(summary, "Apply the stack that creates the key first, or correct key_id.", ["key_id"]);
    }
    return {
      ...found.values,
      aws_account_id: query.place.account,
      creation_date: CREATED_AT,
      enabled: found.isTrue("is_enabled"),
      id: found.id,
      key_id: asked,
      key_manager: "CUSTOMER",
      key_spec: found.text("customer_master_key_spec") ?? "SYMMETRIC_DEFAULT",
      key_state: "Enabled",
      origin: "AWS_KMS",
    };
  },
});
