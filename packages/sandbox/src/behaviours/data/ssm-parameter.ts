import { Refusal } from "../../protocol/diagnostics";
import { defineData } from "./define";

export const ssmParameter = defineData({
  type: "aws_ssm_parameter",
  read: (query) => {
    const name = query.text("name") ?? "";
    const found = query.find("aws_ssm_parameter", "name", name);
    if (found === undefined) {
      const summary = `reading SSM Parameter (${name}): operation error SSM: GetParameter, api error ParameterNotFound: `;
      const detail = `No applied stack has written ${name} in ${query.place.region}. Apply the stack that publishes it first, or correct the name.`;
      throw new Refusal(summary, detail, ["name"]);
    }
    const value = found.text("value") ?? found.text("insecure_value") ?? "";
    const type = found.text("type") ?? "String";
    return { ...found.values, insecure_value: type === "SecureString" ? "" : value, type, value };
  },
});
