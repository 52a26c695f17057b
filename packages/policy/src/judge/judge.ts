import type { EnvironmentEntry } from "@paved/model";
import { isRecord } from "../rule/attributes";
import {
  type Attributes,
  type DeliveryUnit,
  isJudgedBy,
  type ManifestSubject,
  type ResourceSubject,
  type Rule,
  type Violation,
} from "../rule/rule";
import type { Complaint } from "../waivers/waiver";

/** One stack as it was synthesized. */
export interface JudgedStack {
  readonly name: string;
  readonly environment: EnvironmentEntry;
  /** The parsed `cdk.tf.json`. */
  readonly json: Attributes;
}

/** A rule that one subject breaks. */
export interface BrokenRule extends Complaint {
  readonly judge: "paved";
  /** Stack or delivery unit, for example `dev-orders` or `dev/orders`. */
  readonly place: string;
  readonly got: readonly string[];
}

/** What the rules found, and how often they looked. */
export interface Verdict {
  /** Subjects that were looked at: resources or manifests. */
  readonly subjects: number;
  /** Rules that applied, each counted once for every subject. */
  readonly checks: number;
  readonly broken: readonly BrokenRule[];
}

/** Judges every resource of a stack. Pure. */
export function judgeResources(rules: readonly Rule[], { name, environment, json }: JudgedStack): Verdict {
  const byType = new Map<string, readonly ResourceSubject[]>();
  const section = isRecord(json["resource"]) ? json["resource"] : {};
  for (const [type, named] of Object.entries(section)) {
    const subject = (id: string, attributes: unknown): ResourceSubject => ({
      environment,
      stack: name,
      type,
      name: id,
      address: `${type}.${id}`,
      attributes: isRecord(attributes) ? attributes : {},
      siblings: (other) => byType.get(other) ?? [],
    });
    byType.set(
      type,
      Object.entries(isRecord(named) ? named : {}).map(([id, attributes]) => subject(id, attributes)),
    );
  }
  const resources = rules.filter((rule) => rule.on === "resource");
  return gather(
    [...byType].flatMap(([type, subjects]) => {
      const applying = resources.filter((rule) => isJudgedBy(rule, type));
      return subjects.map((subject) => ({
        checks: applying.length,
        broken: applying.flatMap((rule) =>
          brokenRule(rule.id, name, environment, type, subject.address, rule.check(subject)),
        ),
      }));
    }),
  );
}

/** Judges the root of a stack as one; it is no subject of its own. Pure. */
export function judgeRoot(rules: readonly Rule[], { name, environment, json }: JudgedStack): Verdict {
  const roots = rules.filter((rule) => rule.on === "root");
  const subject = { environment, stack: name, root: json };
  const broken = roots.flatMap((rule) => brokenRule(rule.id, name, environment, "root", "root", rule.check(subject)));
  return { subjects: 0, checks: roots.length, broken };
}

/** Judges every manifest that is delivered to one place. Pure. */
export function judgeDelivery(rules: readonly Rule[], unit: DeliveryUnit, environment: EnvironmentEntry): Verdict {
  const subjects: readonly ManifestSubject[] = unit.manifests.filter(isRecord).map((manifest) => ({
    environment,
    unit: unit.name,
    kind: String(manifest["kind"]),
    manifest,
    siblings: (kind) => subjects.filter((other) => other.kind === kind),
  }));
  const manifests = rules.filter((rule) => rule.on === "manifest");
  return gather(
    subjects.map((subject) => {
      const applying = manifests.filter((rule) => rule.judges.includes("*") || isJudgedBy(rule, subject.kind));
      const metadata = isRecord(subject.manifest["metadata"]) ? subject.manifest["metadata"] : {};
      const called = `${subject.kind}/${String(metadata["name"])}`;
      const place = `${unit.environment}/${unit.name}`;
      return {
        checks: applying.length,
        broken: applying.flatMap((rule) =>
          brokenRule(rule.id, place, environment, subject.kind, called, rule.check(subject)),
        ),
      };
    }),
  );
}

/** Several verdicts as one. */
export function together(verdicts: readonly Verdict[]): Verdict {
  return {
    subjects: verdicts.reduce((sum, { subjects }) => sum + subjects, 0),
    checks: verdicts.reduce((sum, { checks }) => sum + checks, 0),
    broken: verdicts.flatMap(({ broken }) => broken),
  };
}

function gather(verdicts: readonly Omit<Verdict, "subjects">[]): Verdict {
  return together(verdicts.map((verdict) => ({ ...verdict, subjects: 1 })));
}

function brokenRule(
  rule: string,
  place: string,
  environment: EnvironmentEntry,
  kind: string,
  subject: string,
  violations: readonly Violation[],
): readonly BrokenRule[] {
  if (violations.length === 0) return [];
  const got = [...new Set(violations.map((violation) => violation.got))];
  return [{ judge: "paved", rule, place, environment: environment.name, kind, subject, got }];
}
