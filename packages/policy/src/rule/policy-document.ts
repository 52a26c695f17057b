import { blocks, isRecord, objectIn, texts } from "./attributes";
import type { Attributes } from "./rule";

/** One statement of an IAM policy, with lists where IAM takes one or many. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  /** `NotAction`, which means everything but these. */
  readonly exceptActions: readonly string[];
  readonly resources: readonly string[];
  readonly exceptResources: readonly string[];
  /** Accounts and principals by type: `AWS`, `Service`, `Federated`; `*` alone is type `*`. */
  readonly principals: readonly (readonly [type: string, value: string])[];
  readonly exceptsPrincipals: boolean;
  /** Operator, key and values, for example `Bool`, `aws:securetransport`, `["false"]`. Keys are in lower case. */
  readonly conditions: readonly Condition[];
}

/** One condition of a statement. */
export interface Condition {
  readonly operator: string;
  /** In lower case: IAM does not tell them apart. */
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * The statements of a policy in a text, or nothing when it is no policy that can be read: a reference to a document
 * elsewhere, for example. Templates in it stay as they are; they are opaque.
 */
export function statementsOf(policy: unknown): readonly Statement[] | undefined {
  const document = isRecord(policy) ? policy : documentIn(policy);
  if (document === undefined || document["Statement"] === undefined) return undefined;
  return blocks(document["Statement"]).map(statement);
}

/** The JSON object in a text, whose templates stay as they are; nothing when it is none. */
export function documentIn(policy: unknown): Attributes | undefined {
  return typeof policy === "string" ? (objectIn(policy) ?? objectIn(quoteless(policy))) : undefined;
}

/** The text with templates that hold no quotes: their quotes are not the document's. */
function quoteless(text: string): string {
  let result = "";
  let at = 0;
  while (at < text.length) {
    if (text.startsWith("${", at) && text[at - 1] !== "$") {
      const end = closingBrace(text, at + 2);
      result += text.slice(at, end).replaceAll(/["\\\n]/g, "'");
      at = end;
    } else {
      result += text[at];
      at += 1;
    }
  }
  return result;
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function statement(written: Attributes): Statement {
  return {
    allows: written["Effect"] === "Allow",
    actions: texts(written["Action"]),
    exceptActions: texts(written["NotAction"]),
    resources: texts(written["Resource"]),
    exceptResources: texts(written["NotResource"]),
    principals: principals(written["Principal"]),
    exceptsPrincipals: written["NotPrincipal"] !== undefined,
    conditions: conditions(written["Condition"]),
  };
}

function principals(written: unknown): Statement["principals"] {
  if (typeof written === "string") return [[written === "*" ? "*" : "AWS", written]];
  if (!isRecord(written)) return [];
  return Object.entries(written).flatMap(([type, values]) => texts(values).map((value) => [type, value] as const));
}

function conditions(written: unknown): readonly Condition[] {
  if (!isRecord(written)) return [];
  return Object.entries(written).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, values]) => ({
          operator,
          key: key.toLowerCase(),
          values: texts(typeof values === "boolean" ? String(values) : values),
        }))
      : [],
  );
}

/** Whether a statement lets anybody in: any principal, and no condition that says whose. */
export function admitsAnybody(statement: Statement): boolean {
  const { allows, principals: named, exceptsPrincipals } = statement;
  const anybody = exceptsPrincipals || named.some(([type, value]) => value === "*" && type !== "Service");
  return allows && anybody && !isNarrowed(statement);
}

/** Whether a condition of a statement says for whom it holds. */
export function isNarrowed({ conditions: asked }: Statement): boolean {
  return asked.some(({ key, values }) => NARROWING.has(key) && !values.includes("*"));
}

/** Condition keys that narrow who may call; AWS counts a policy with one of them as not public. */
const NARROWING = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "kms:calleraccount",
  "kms:encryptioncontext:aws:logs:arn",
  "kms:viaservice",
]);

/** Whether a statement refuses calls without TLS to anybody, whatever else is true of them. */
export function refusesPlainText({ allows, principals: named, conditions: asked }: Statement): boolean {
  const [condition, ...others] = asked;
  return (
    !allows &&
    named.some(([type, value]) => value === "*" && (type === "*" || type === "AWS")) &&
    others.length === 0 &&
    /^Bool(IfExists)?$/.test(condition?.operator ?? "") &&
    condition?.key === "aws:securetransport" &&
    condition.values.every((value) => value === "false")
  );
}
