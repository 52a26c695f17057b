import { asText, attached, blocks, isOneOf, isWithin, shown, unless } from "../rule/attributes";
import { type ResourceRule, resourceRule, type ResourceSubject, type Violation } from "../rule/rule";

const INSTANCE = "aws_db_instance";

/** The values that a database's parameter group gives a parameter: one, unless it is said twice or not at all. */
function parameters(subject: ResourceSubject, name: string): readonly string[] {
  const groups = subject.siblings("aws_db_parameter_group");
  const named = groups.filter((group) => attached(group, INSTANCE, "parameter_group_name", "name").some(isSubject));
  return named
    .flatMap(({ attributes }) => blocks(attributes["parameter"]))
    .filter((one) => one["name"] === name)
    .map(({ value }) => asText(value));

  function isSubject({ address }: ResourceSubject): boolean {
    return address === subject.address;
  }
}

/** Breaks the rule unless a parameter has one value, and that fits. */
function demandParameter(
  subject: ResourceSubject,
  name: string,
  fits: (value: string) => boolean,
): readonly Violation[] {
  const [value, ...others] = parameters(subject, name);
  return unless(
    value !== undefined && others.length === 0 && fits(value),
    `${name} is ${[value, ...others].map(shown).join(" and ")}`,
  );
}

/** A database whose parameter group says this, for examples. */
function withParameter(name: string, value: string): ResourceRule["fails"] {
  return {
    aws_db_instance: { example: { parameter_group_name: "${aws_db_parameter_group.example.name}" } },
    aws_db_parameter_group: { example: { name: "orders", parameter: [{ name, value }] } },
  };
}

/** Rules on the parameters of databases. */
export const rdsParameterRules: readonly ResourceRule[] = [
  resourceRule({
    id: "AWS-RDS-008",
    title: "A database speaks TLS alone",
    severity: "high",
    source: "CKV2_AWS_69; RDS user guide, rds.force_ssl",
    why: "What travels in plain text can be read by whoever gets into the network.",
    want: "rds.force_ssl 1 in the parameter group, and no TLS before 1.2",
    fix: "make the database with Database",
    judges: [INSTANCE],
    check: (subject) => [
      ...demandParameter(subject, "rds.force_ssl", (value) => value === "1"),
      ...parameters(subject, "ssl_min_protocol_version")
        .filter((version) => !/^TLSv1\.[23]$/.test(version))
        .map((version) => ({ got: `ssl_min_protocol_version is ${version}` })),
    ],
    fails: withParameter("rds.force_ssl", "0"),
    passes: withParameter("rds.force_ssl", "1"),
  }),
  resourceRule({
    id: "AWS-RDS-010",
    title: "A database says who came, who changed its tables and which queries were slow, and no more",
    severity: "low",
    source: "CKV2_AWS_30; Security Hub RDS.36; CIS PostgreSQL 3.1",
    why: "Without them an incident starts with guessing; a log of every statement holds the data, and the passwords.",
    want: "log_connections and log_disconnections 1, log_statement ddl or mod, log_min_duration_statement of 100 to 10000",
    fix: "make the database with Database",
    judges: [INSTANCE],
    check: (subject) => [
      ...demandParameter(subject, "log_connections", isOneOf("1")),
      ...demandParameter(subject, "log_disconnections", isOneOf("1")),
      ...demandParameter(subject, "log_statement", isOneOf("ddl", "mod")),
      ...demandParameter(subject, "log_min_duration_statement", isWithin(100, 10_000)),
    ],
    fails: withParameter("log_statement", "all"),
    passes: {
      aws_db_instance: { example: { parameter_group_name: "orders" } },
      aws_db_parameter_group: {
        example: {
          name: "orders",
          parameter: [
            { name: "log_connections", value: "1" },
            { name: "log_disconnections", value: "1" },
            { name: "log_statement", value: "ddl" },
            { name: "log_min_duration_statement", value: "1000" },
          ],
        },
      },
    },
  }),
];
