import { awsRefusal, type Check, defineBehaviour, unique } from "../define";

const WORDS = { doing: "creating SSM Parameter", call: "SSM: PutParameter" };
const LARGEST_STANDARD = 4096;

const typeIsOffered: Check = (it) => {
  const type = it.text("type");
  if (type === undefined || ["String", "StringList", "SecureString"].includes(type)) return;
  const message = `1 validation error detected: Value '${type}' at 'type' failed to satisfy constraint`;
  throw awsRefusal(it, {
    ...WORDS,
    code: "ValidationException",
    message,
    fix: "Use String, StringList or SecureString.",
    path: "type",
  });
};

const valueFits: Check = (it) => {
  const value = it.text("value") ?? it.text("insecure_value") ?? "";
  if (Buffer.byteLength(value) <= LARGEST_STANDARD || it.text("tier") === "Advanced") return;
  const message = "Standard tier parameters support a maximum parameter value of 4096 characters.";
  const path = it.text("value") === undefined ? "insecure_value" : "value";
  throw awsRefusal(it, {
    ...WORDS,
    code: "ValidationException",
    message,
    fix: 'Shorten the value, or set tier to "Advanced".',
    path,
  });
};

export const ssmParameter = defineBehaviour({
  type: "aws_ssm_parameter",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("ssm", `parameter${it.id.startsWith("/") ? "" : "/"}${it.id}`),
  defaults: { tier: "Standard", data_type: "text" },
  replaceOn: ["name", "data_type"],
  recompute: { version: ["value", "insecure_value", "value_wo_version", "type", "description"] },
  // The value is kept under the name that the configuration uses; the data source gives it under both.
  computed: (it) => ({
    has_value_wo: it.number("value_wo_version") !== undefined,
    insecure_value: "",
    key_id: it.text("type") === "SecureString" ? "alias/aws/ssm" : "",
    value: "",
    version: (it.prior?.number("version") ?? 0) + 1,
  }),
  validate: [typeIsOffered, valueFits],
  checks: [
    (it) =>
      it.isTrue("overwrite")
        ? undefined
        : unique(["name"], {
            ...WORDS,
            code: "ParameterAlreadyExists",
            message: () =>
              "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
          })(it),
  ],
});
