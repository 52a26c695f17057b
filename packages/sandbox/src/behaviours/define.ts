import type { PlanRules } from "../plan/plan-change";
import { Refusal } from "../protocol/diagnostics";
import { pathIn } from "../values/schema-path";
import type { ValueObject } from "../values/value";
import type { Facts } from "./facts";
import type { Instance } from "./instance";

/** Something the real service checks. @throws Refusal */
export interface Check {
  (it: Instance): void;
  /** Paths that it reads, of the type itself where none is named; tests hold them against the schemas. */
  readonly reads?: readonly { readonly type?: string; readonly path: string }[];
  /** Whether a cluster says it itself of all that is in it, also of what no stack applied. @default false */
  readonly isOfCluster?: boolean;
}

/** What the real service gives, wants and refuses for one resource type. Paths are dotted: `metadata.name`. */
export interface Behaviour extends PlanRules {
  readonly type: string;
  /** The id of a new object. */
  readonly id: (it: Instance) => string;
  /** The ARN, for types that have the attribute. */
  readonly arn?: (it: Instance) => string;
  /** Values of computed attributes; unknown ones get these, known ones keep theirs. */
  readonly computed?: (it: Instance) => ValueObject;
  /** What the configuration alone can have wrong: run by `validate`, and again once generated names are known. */
  readonly validate?: readonly Check[];
  /** What is wrong only beside what else exists: run before creating and updating. */
  readonly checks?: readonly Check[];
  /** Run before deleting. */
  readonly canDelete?: readonly Check[];
  /** Ids that `import` accepts besides the id itself. */
  readonly importIds?: (object: Facts) => readonly string[];
  /** Deleting only schedules the end, and until then the name or key stays taken. */
  readonly lingers?: (it: Instance) => boolean;
}

/** Declares how one resource type behaves. */
export function defineBehaviour(behaviour: Behaviour): Behaviour {
  return behaviour;
}

/** The type under which the store keeps what lingers after its deletion. */
export function lingeringType(type: string): string {
  return `deleted:${type}`;
}

/** A refusal in the words of an AWS API error. */
export function awsRefusal(
  it: Facts,
  words: {
    /** As the provider says it, for example `creating EC2 Subnet`. */
    readonly doing: string;
    /** Service and operation, for example `EC2: CreateSubnet`. */
    readonly call: string;
    readonly code: string;
    readonly message: string;
    /** What to do. */
    readonly fix: string;
    /** The attribute to change. @default - the whole resource */
    readonly path?: string;
  },
): Refusal {
  const summary = `${words.doing}: operation error ${words.call}, api error ${words.code}: ${words.message}`;
  return new Refusal(summary, words.fix, words.path === undefined ? [] : pathIn(it.values, words.path));
}

type Words = Omit<Parameters<typeof awsRefusal>[1], "path" | "fix" | "message" | "code">;

/** No other object of the type may have the same values at these paths. */
export function unique(
  paths: readonly string[],
  words: Words & {
    readonly code: string;
    readonly message: (it: Instance) => string;
    readonly fix?: string;
    readonly everywhere?: boolean;
  },
): Check {
  const check = (it: Instance): void => {
    const others = words.everywhere === true ? it.everywhere(it.type) : it.all(it.type);
    const taken = others.some((other) => other.id !== it.prior?.id && paths.every((path) => sameText(other, it, path)));
    if (!taken) return;
    const fix = words.fix ?? "Choose another value, or import the existing one if this configuration should manage it.";
    throw awsRefusal(it, {
      ...words,
      message: words.message(it),
      fix,
      path: paths.findLast((path) => it.get(path) != null),
    });
  };
  return Object.assign(check, { reads: paths.map((path) => ({ path })) });
}

function sameText(other: Facts, it: Facts, path: string): boolean {
  return String(other.get(path) ?? "") === String(it.get(path) ?? "");
}

/** What the attribute names must exist; lists and sets are checked item by item. */
export function refers(
  path: string,
  type: string,
  words: Words & {
    readonly code: string;
    readonly message: (value: string) => string;
    /** The attribute of the other object that is named. @default id */
    readonly by?: string;
    /** Types and attributes of objects that AWS makes along with others, which may be named as well. */
    readonly also?: readonly (readonly [type: string, attribute: string])[];
    readonly fix?: string;
  },
): Check {
  const places = [[type, words.by ?? "id"] as const, ...(words.also ?? [])];
  const check = (it: Instance): void => {
    const named = it.text(path);
    if (!it.changes(path)) return;
    for (const value of named === undefined ? it.texts(path) : [named]) {
      if (places.some(([known, attribute]) => it.find(known, attribute, value) !== undefined)) continue;
      const fix =
        words.fix ?? `Apply the ${type} first, or correct ${path}: nothing in this account and region has that value.`;
      throw awsRefusal(it, { ...words, message: words.message(value), fix, path });
    }
  };
  return Object.assign(check, {
    reads: [{ path }, ...places.map(([known, attribute]) => ({ type: known, path: attribute }))],
  });
}

/** Objects of other types that still point here forbid deleting. */
export function notUsedBy(
  users: readonly { readonly type: string; readonly attribute: string; readonly as?: string }[],
  words: Words & { readonly code: string; readonly message: (it: Instance, user: Facts) => string },
): Check {
  const check = (it: Instance): void => {
    for (const { type, attribute, as = "id" } of users) {
      const mine = it.text(as);
      const user = it
        .all(type)
        .find((other) => other.text(attribute) === mine || other.texts(attribute).includes(mine ?? ""));
      if (user === undefined) continue;
      const fix = `Destroy ${type} ${user.id} first.`;
      throw awsRefusal(it, { ...words, message: words.message(it, user), fix });
    }
  };
  return Object.assign(check, {
    reads: users.flatMap(({ type, attribute, as = "id" }) => [{ type, path: attribute }, { path: as }]),
  });
}
