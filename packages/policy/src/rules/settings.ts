import { credentialIn, isSecretName } from "../credentials";
import { asText, blocks, isRecord, isSet, recordAt, shown, texts, unless } from "../rule/attributes";
import { one } from "../rule/attribute-rule";
import { type Attributes, manifestRule, resourceRule, type Rule, type Violation } from "../rule/rule";
import { containerRule, deployment, oneContainer, podOf, WORKLOADS } from "../rule/workload";
import { harmOf } from "../settings";
import { unsafeIn, withoutComments } from "../sql";

const env = (name: string, value: string): Attributes => ({ env: [{ name, value }] });
const configMap = (data: Attributes): object => ({ kind: "ConfigMap", metadata: { name: "orders" }, data });

/** Names and values of what a container's process is told; of values that are elsewhere only the name. */
function variables(container: Attributes): readonly (readonly [string, string | undefined])[] {
  return blocks(container["env"]).map(({ name, value, valueFrom }) => [
    asText(name),
    isRecord(valueFrom) ? undefined : asText(value ?? ""),
  ]);
}

function dataOf(source: Attributes): readonly (readonly [string, string])[] {
  return Object.entries(recordAt(source, "data")).map(([name, value]) => [name, asText(value)]);
}

function harms(said: readonly (readonly [string, string | undefined])[]): readonly Violation[] {
  return said.flatMap(([name, value]) => {
    const harm = harmOf(name, value);
    return harm === undefined ? [] : [{ got: `${name} ${harm}` }];
  });
}

/** Whether a container speaks to a database of the platform: it has the authority, or a client of its own. */
function speaksToDatabase(container: Attributes): boolean {
  const told = blocks(container["env"]).some(({ name }) => name === "DATABASE_CA_FILE" || name === "PGSSLROOTCERT");
  return told || [...texts(container["command"]), ...texts(container["args"])].some((text) => /\bpsql\b/.test(text));
}

/** Rules on what processes are told: variables, and the SQL that makes the users of databases. */
export const settingRules: readonly Rule[] = [
  manifestRule({
    id: "K8S-ENV-001",
    title: "No variable has a process load foreign code, call elsewhere or verify less",
    severity: "high",
    source: "CWE-426, CWE-295; Node.js, command-line API; libpq, environment variables; ld.so(8)",
    why: "One variable turns off the check of every certificate, or runs what somebody put into a volume.",
    want: "no variable such as LD_PRELOAD, HTTPS_PROXY or NODE_TLS_REJECT_UNAUTHORIZED 0, and certificates of /etc/paved alone",
    fix: "remove the variable; trust what the golden path mounts",
    judges: [...WORKLOADS, "ConfigMap"],
    check: (subject) =>
      subject.kind === "ConfigMap"
        ? harms(dataOf(subject.manifest).filter(([name]) => /^\w+$/.test(name)))
        : podOf(subject).containers.flatMap((container) => harms(variables(container))),
    fails: [deployment(oneContainer(env("NODE_TLS_REJECT_UNAUTHORIZED", "0")))],
    passes: [deployment(oneContainer(env("NODE_OPTIONS", "--max-old-space-size=384")))],
  }),
  resourceRule({
    id: "K8S-ENV-002",
    title: "Facts of the infrastructure are facts: no secret, and nothing that harms a process",
    severity: "high",
    source: "CIS EKS 1.8 4.4.2; CWE-426, CWE-295; OpenTofu, ephemerality",
    why: "Pods take every entry as a variable, and whoever reads the namespace or the state reads it too.",
    want: "names and addresses; no name of a secret, no credential, no variable that K8S-ENV-001 refuses, no binary_data",
    fix: "declare the secret in the service file; remove what is no fact",
    judges: ["kubernetes_config_map*"],
    check: ({ attributes }) => [
      ...harms(dataOf(attributes)),
      ...dataOf(attributes)
        .filter(([name, value]) => isSecretName(name) || credentialIn(value) !== undefined)
        .map(([name]) => ({ got: `${name} in a ConfigMap` })),
      ...unless(!isSet(attributes["binary_data"]), "binary_data, into which no rule looks"),
    ],
    fails: one("kubernetes_config_map_v1", { data: { DATABASE_PASSWORD: "${random_password.x.result}" } }),
    passes: one("kubernetes_config_map_v1", { data: { DATABASE_HOST: "${aws_db_instance.x.address}" } }),
  }),
  containerRule({
    id: "K8S-ENV-003",
    title: "Who speaks to a database makes sure that it is the one",
    severity: "high",
    source: "PostgreSQL, SSL support: protection provided in different modes; RDS user guide, verify-full",
    why: "Without PGSSLMODE a client takes plain text, or anybody's certificate, and hands its token to whoever answers.",
    want: "PGSSLMODE verify-full and PGSSLROOTCERT beside every DATABASE_CA_FILE and psql",
    fix: "leave it as the golden path sets it",
    check: (container) => {
      if (!speaksToDatabase(container)) return [];
      const said = new Map(variables(container));
      return [
        ...unless(said.get("PGSSLMODE") === "verify-full", `PGSSLMODE is ${shown(said.get("PGSSLMODE"))}`),
        ...unless(said.has("PGSSLROOTCERT"), "no PGSSLROOTCERT"),
      ];
    },
    fails: oneContainer(env("DATABASE_CA_FILE", "/etc/paved/database/ca.pem")),
    passes: oneContainer({
      env: [
        { name: "PGSSLROOTCERT", value: "/etc/paved/database/ca.pem" },
        { name: "PGSSLMODE", value: "verify-full" },
      ],
    }),
  }),
  manifestRule({
    id: "K8S-SQL-001",
    title: "Users of a database get the rights they need, and sign in by IAM",
    severity: "critical",
    source: "CIS PostgreSQL, user access and authorization; RDS user guide, IAM database authentication",
    why: "The SQL runs as the master user: one word in it makes everybody the owner of all data.",
    want: "no rights over the server, of everybody or to pass on, no password, roles of the platform alone, and the database taken from PUBLIC",
    fix: "make users with Database.grantReadWrite and its like",
    judges: ["ConfigMap"],
    check: ({ manifest }) =>
      dataOf(manifest)
        .filter(([name]) => name.endsWith(".sql"))
        .flatMap(([name, sql]) => [
          ...unsafeIn(sql).map((got) => ({ got: `${name}: ${got}` })),
          ...unless(
            /\bREVOKE ALL ON DATABASE \S+ FROM PUBLIC\b/i.test(withoutComments(sql)),
            `${name}: PUBLIC keeps its rights`,
          ),
        ]),
    fails: [configMap({ "users.sql": "REVOKE ALL ON DATABASE orders FROM PUBLIC;\nALTER ROLE orders_rw CREATEROLE;" })],
    passes: [configMap({ "users.sql": "REVOKE ALL ON DATABASE orders FROM PUBLIC;\nGRANT data_reader TO orders_ro;" })],
  }),
];
