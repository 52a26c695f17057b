/** Roles that users may be members of: who owns the tables, who reads them, and who signs in by IAM. */
const ROLES = new Set(["data_owner", "data_reader", "rds_iam"]);
const READING = new Set(["SELECT", "USAGE", "CONNECT"]);

/** What no statement holds, each with what it is. */
const NEVER: readonly (readonly [string, RegExp])[] = [
  ["a role with rights over the server", /\b(SUPERUSER|CREATEROLE|CREATEDB|BYPASSRLS|REPLICATION)\b/i],
  ["a password", /\bPASSWORD\s+(?!NULL\b)/i],
  ["rights that can be passed on", /\bADMIN\s+(OPTION|TRUE)\b|\bWITH\s+GRANT\s+OPTION\b/i],
  ["another owner", /\b(OWNER\s+TO|REASSIGN\s+OWNED)\b/i],
  ["a function with its owner's rights", /\bSECURITY\s+DEFINER\b/i],
  ["an extension", /\bCREATE\s+EXTENSION\b/i],
  ["a program of the server", /\bCOPY\b.*\b(PROGRAM|FROM\s+'|TO\s+')/is],
  ["a setting of the server", /\bALTER\s+SYSTEM\b/i],
  ["a command of psql", /(^|\s)\\[a-z!?]/i],
  ["a comment within another", /\/\*/],
];

/**
 * What SQL that makes users of a database must not do, and does, for example `a password`. It reads statements and
 * executes none, so that it sees what is written and not what a text put together would be.
 */
export function unsafeIn(sql: string): readonly string[] {
  const plain = withoutComments(sql);
  const statements = plain.split(";");
  const found = NEVER.filter(([, form]) => statements.some((statement) => form.test(statement))).map(([what]) => what);
  return [...found, ...statements.flatMap(unsafeGrant), ...passwordUsers(plain)];
}

/** What of SQL is executed, on one line. A comment within another stays: where it ends is not the same for everybody. */
export function withoutComments(sql: string): string {
  return sql.replaceAll(TOKEN, (_all, quoted?: string) => quoted ?? " ").replaceAll(/\s+/g, " ");
}

/** Texts and names, in which `--` begins no comment, and comments. */
const TOKEN =
  /(\be'(?:\\.|''|[^'\\])*'|'(?:''|[^'])*'|"(?:""|[^"])*"|\$(\w*)\$.*?\$\2\$)|--[^\n]*|\/\*(?:(?!\/\*).)*?\*\//gis;

function words(list: string): readonly string[] {
  return list.split(",").map((word) => word.trim());
}

function unsafeGrant(statement: string): readonly string[] {
  const [, given = "", on, to = ""] = /\bGRANT\s+(.*?)\s+(?:ON\s+(.*?)\s+)?TO\s+(.*)$/is.exec(statement) ?? [];
  if (given === "") return [];
  const whom = words(to.replaceAll('"', "").toLowerCase());
  if (whom.includes("public")) return ["rights of everybody"];
  if (on === undefined) {
    return words(given)
      .filter((role) => !ROLES.has(role.toLowerCase()))
      .map((role) => `the role ${role}`);
  }
  const rights = words(given.toUpperCase());
  if (rights.some((right) => right.startsWith("ALL"))) return ["all rights"];
  const writes = whom.includes("data_reader") && rights.some((right) => !READING.has(right));
  return writes ? ["rights to write for who reads"] : [];
}

/** Users that sign in by other means than IAM. */
function passwordUsers(sql: string): readonly string[] {
  const made = sql.matchAll(/\b(?:CREATE|ALTER)\s+(?:ROLE|USER)\s+"?(\w+)"?\s[^;]*?\bLOGIN\b/gi);
  const users = new Set([...made].map(([, name = ""]) => name));
  const byIam = (name: string): boolean => new RegExp(`\\bGRANT\\s+rds_iam\\s+TO\\s+${name}\\b`, "i").test(sql);
  return [...users].filter((name) => !byIam(name)).map((name) => `${name} signs in without IAM`);
}
