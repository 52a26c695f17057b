import { withTemplates } from "../expressions";
import { blocks, isRecord, objectIn } from "./attributes";
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
  const written = document?.["Statement"];
  if (!isRecord(written) && !(Array.isArray(written) && written.every(isRecord))) return undefined;
  const statements = blocks(written);
  return statements.every(isKnown) ? statements.map(statement) : undefined;
}

const EFFECTS: readonly unknown[] = ["Allow", "Deny"];

const ELEMENTS: readonly string[] = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/** Whether a statement has nothing in it but what is read here: an element in other letters would go unseen. */
function isKnown(written: Attributes): boolean {
  return EFFECTS.includes(written["Effect"]) && Object.keys(written).every((element) => ELEMENTS.includes(element));
}

/** The JSON object in a text, whose templates stay as they are; nothing when it is none. */
export function documentIn(policy: unknown): Attributes | undefined {
  return typeof policy === "string" ? (objectIn(policy) ?? objectIn(withTemplates(policy, quoteless))) : undefined;
}

/** A template without quotes: its quotes are not the document's. */
function quoteless(template: string): string {
  return template.replaceAll(/["\\\n]/g, "'");
}

function statement(written: Attributes): Statement {
  return {
    allows: written["Effect"] === "Allow",
    actions: words(written["Action"]),
    exceptActions: words(written["NotAction"]),
    resources: words(written["Resource"]),
    exceptResources: words(written["NotResource"]),
    principals: principals(written["Principal"]),
    exceptsPrincipals: written["NotPrincipal"] !== undefined,
    conditions: conditions(written["Condition"]),
  };
}

/** The texts in a value, one or many; a number is one too: an account can be written as one. */
function words(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return [value].flat().map((word) => (typeof word === "string" ? word : JSON.stringify(word)));
}

function principals(written: unknown): Statement["principals"] {
  if (typeof written === "string") return [[written === "*" ? "*" : "AWS", written]];
  if (!isRecord(written)) return [];
  return Object.entries(written).flatMap(([type, values]) => words(values).map((value) => [type, value] as const));
}

function conditions(written: unknown): readonly Condition[] {
  if (!isRecord(written)) return [];
  return Object.entries(written).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, values]) => ({
          operator,
          key: key.toLowerCase(),
          values: words(values),
        }))
      : [],
  );
}

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
