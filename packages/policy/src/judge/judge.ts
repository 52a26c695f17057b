import type { EnvironmentEntry } from "@paved/model";
import { asText, at, isRecord, recordAt } from "../rule/attributes";
import {
  type Attributes,
  type DeliveryUnit,
  isJudgedBy,
  type ManifestSubject,
  type ResourceSubject,
  type Rule,
  type Violation,
} from "../rule/rule";
import { bringsPods } from "../rule/workload";
import type { Complaint } from "../waivers/waiver";

/** One stack as it was synthesized. */
export interface JudgedStack {
  readonly name: string;
  readonly environment: EnvironmentEntry;
  /** All environments, in the order of promotion. @default - that one alone */
  readonly environments?: readonly EnvironmentEntry[];
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

/** One resource, manifest or root of a stack, with who looked at it. */
export interface JudgedSubject extends Pick<BrokenRule, "place" | "environment" | "subject"> {
  /** Whether it brings pods. */
  readonly workload: boolean;
  /** Ids of the rules that judged it. */
  readonly rules: readonly string[];
}

/** What the rules looked at, and what they found. */
export interface Verdict {
  readonly subjects: readonly JudgedSubject[];
  readonly broken: readonly BrokenRule[];
}

/** Judges every resource of a stack. Pure. */
export function judgeResources(rules: readonly Rule[], judged: JudgedStack): Verdict {
  const { name, environment, environments = [environment], json } = judged;
  const byType = new Map<string, readonly ResourceSubject[]>();
  for (const [type, named] of Object.entries(recordAt(json, "resource"))) {
    const subject = (id: string, attributes: unknown): ResourceSubject => ({
      environment,
      environments,
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
  return together(
    [...byType].flatMap(([type, subjects]) => {
      const judging = resources.filter((rule) => isJudgedBy(rule, type));
      return subjects.map((subject): Verdict => {
        const applying = judging.filter(({ appliesTo }) => appliesTo?.(subject) ?? true);
        const place = { place: name, environment: environment.name, kind: type, subject: subject.address };
        return {
          subjects: [judgedSubject(place, false, applying)],
          broken: applying.flatMap((rule) => brokenRule(rule.id, place, rule.check(subject))),
        };
      });
    }),
  );
}

/** Judges the root of a stack as one. Pure. */
export function judgeRoot(rules: readonly Rule[], judged: JudgedStack): Verdict {
  const { name, environment, environments = [environment], json } = judged;
  const roots = rules.filter((rule) => rule.on === "root");
  const place = { place: name, environment: environment.name, kind: "root", subject: "root" };
  const subject = { environment, environments, stack: name, root: json };
  return {
    subjects: [judgedSubject(place, false, roots)],
    broken: roots.flatMap((rule) => brokenRule(rule.id, place, rule.check(subject))),
  };
}

/** Judges every manifest that is delivered to one place. Pure. */
export function judgeDelivery(rules: readonly Rule[], unit: DeliveryUnit, environment: EnvironmentEntry): Verdict {
  const subjects: readonly ManifestSubject[] = unit.manifests.filter(isRecord).map((manifest) => ({
    environment,
    unit: unit.name,
    kind: asText(manifest["kind"]),
    manifest,
    siblings: (kind) => subjects.filter((other) => other.kind === kind),
  }));
  const manifests = rules.filter((rule) => rule.on === "manifest");
  return together(
    subjects.map((subject): Verdict => {
      const { kind, manifest } = subject;
      const applying = manifests.filter((rule) => isJudgedBy(rule, kind) && (rule.appliesTo?.(subject) ?? true));
      const place = {
        place: `${unit.environment}/${unit.name}`,
        environment: environment.name,
        kind,
        subject: `${kind}/${asText(at(manifest, "metadata.name"))}`,
      };
      return {
        subjects: [judgedSubject(place, bringsPods(kind, manifest), applying)],
        broken: applying.flatMap((rule) => brokenRule(rule.id, place, rule.check(subject))),
      };
    }),
  );
}

/** Several verdicts as one. */
export function together(verdicts: readonly Verdict[]): Verdict {
  return {
    subjects: verdicts.flatMap(({ subjects }) => subjects),
    broken: verdicts.flatMap(({ broken }) => broken),
  };
}

/** Rules that applied, each counted once for every subject. */
export function checksOf({ subjects }: Verdict): number {
  return subjects.reduce((sum, { rules }) => sum + rules.length, 0);
}

type Place = Pick<BrokenRule, "place" | "environment" | "kind" | "subject">;

function judgedSubject(
  { place, environment, subject }: Place,
  workload: boolean,
  rules: readonly Rule[],
): JudgedSubject {
  return { place, environment, subject, workload, rules: rules.map(({ id }) => id) };
}

function brokenRule(rule: string, place: Place, violations: readonly Violation[]): readonly BrokenRule[] {
  if (violations.length === 0) return [];
  const got = [...new Set(violations.map((violation) => violation.got))];
  return [{ judge: "paved", rule, ...place, got }];
}
