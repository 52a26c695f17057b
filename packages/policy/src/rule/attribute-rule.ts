import { demand } from "./attributes";
import { type Attributes, type ResourceRule, resourceRule, type Resources, type ResourceSubject } from "./rule";

type AttributeRule = Omit<ResourceRule, "on" | "judges" | "check" | "fails" | "passes"> & {
  /** The resource type. */
  readonly type: string;
  /** Paths of attributes, each with what its value has to be. */
  readonly demands: Readonly<Record<string, (value: unknown, subject: ResourceSubject) => boolean>>;
  /** Attributes that break the rule, and attributes that keep it. */
  readonly fails: Attributes;
  readonly passes: Attributes;
};

/** A rule on the attributes of one resource type, each seen by itself. */
export function attributeRule({ type, demands, fails, passes, ...text }: AttributeRule): ResourceRule {
  return resourceRule({
    ...text,
    judges: [type],
    check: (subject) =>
      Object.entries(demands).flatMap(([path, fits]) =>
        demand(subject.attributes, path, (value) => fits(value, subject)),
      ),
    fails: one(type, fails),
    passes: one(type, passes),
  });
}

/** One resource of a type, for examples. */
export function one(type: string, attributes: Attributes): Resources {
  return { [type]: { example: attributes } };
}
