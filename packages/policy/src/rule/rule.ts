import type { EnvironmentEntry } from "@paved/model";

/** How bad it is when a rule is broken: from a way in for anybody (`critical`) to one protection fewer (`low`). */
export type Severity = "critical" | "high" | "medium" | "low";

/** Named values as the JSON or the manifest has them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** The `resource` section of a stack's JSON: type, then name, then what was written. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** What one subject breaks. */
export interface Violation {
  /** What was found, never a credential: findings are logged. */
  readonly got: string;
}

/** One resource, and what stands beside it. */
export interface ResourceSubject {
  /** Where the subject belongs; where data is protected, rules on spare zones and deletion ask for more. */
  readonly environment: EnvironmentEntry;
  /** All environments, in the order of promotion. */
  readonly environments: readonly EnvironmentEntry[];
  /** Name of the stack, for example `dev-orders`. */
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  /** For example `aws_sqs_queue.queue`. */
  readonly address: string;
  readonly attributes: Attributes;
  /** All resources of a type in the same stack. */
  readonly siblings: (type: string) => readonly ResourceSubject[];
}

/** What is delivered to one place: the manifests of a service in an environment, or the platform's own. */
export interface DeliveryUnit {
  /** For example `dev`. */
  readonly environment: string;
  /** The service, or `platform`, or `_argocd` or `_flux` for the applications or Kustomizations themselves. */
  readonly name: string;
  readonly manifests: readonly object[];
}

/** One manifest, and what is delivered with it. */
export interface ManifestSubject {
  /** Where the subject belongs; where data is protected, rules on spare zones and deletion ask for more. */
  readonly environment: EnvironmentEntry;
  /** Name of the delivery unit. */
  readonly unit: string;
  readonly kind: string;
  readonly manifest: Attributes;
  /** All manifests of a kind in the same unit. */
  readonly siblings: (kind: string) => readonly ManifestSubject[];
}

/** The root of a stack, and whose it is. */
export interface RootSubject {
  /** Where the stack belongs. */
  readonly environment: EnvironmentEntry;
  /** All environments, in the order of promotion. */
  readonly environments: readonly EnvironmentEntry[];
  /** Name of the stack, for example `dev-orders`. */
  readonly stack: string;
  /** The parsed `cdk.tf.json`. */
  readonly root: Attributes;
}

interface RuleText {
  /** Stable, for example `AWS-SQS-002`: an id is never given a second meaning. */
  readonly id: string;
  /** One line, what holds when the rule is kept. */
  readonly title: string;
  readonly severity: Severity;
  /** Where the rule comes from: controls and checks by their ids. */
  readonly source: string;
  /** What goes wrong without it. */
  readonly why: string;
  /** What is right, in the words of a finding. */
  readonly want: string;
  /** What to do, as an instruction. */
  readonly fix: string;
}

/** A rule on one resource of a stack. */
export interface ResourceRule extends RuleText {
  readonly on: "resource";
  /** Resource types it judges; `kubernetes_*` means every type that starts so. */
  readonly judges: readonly string[];
  /** Which of them it is about: others are not counted as judged. @default - all */
  readonly appliesTo?: (subject: ResourceSubject) => boolean;
  /** What the resource breaks; nothing when it keeps the rule. Never throws, whatever the JSON holds. */
  readonly check: (subject: ResourceSubject) => readonly Violation[];
  /** The smallest resources that break the rule: the page's example and the rule's test. */
  readonly fails: Resources;
  /** The smallest resources that keep the rule. */
  readonly passes: Resources;
}

/** A rule on one manifest of a delivery unit. */
export interface ManifestRule extends RuleText {
  readonly on: "manifest";
  /** Kinds it judges; `*` means every kind. */
  readonly judges: readonly string[];
  /** Which of them it is about: others are not counted as judged. @default - all */
  readonly appliesTo?: (subject: ManifestSubject) => boolean;
  /** What the manifest breaks; nothing when it keeps the rule. Never throws, whatever the manifest holds. */
  readonly check: (subject: ManifestSubject) => readonly Violation[];
  /** The smallest manifests that break the rule: the page's example and the rule's test. */
  readonly fails: readonly object[];
  /** The smallest manifests that keep the rule. */
  readonly passes: readonly object[];
}

/** A rule on the root of a stack: its state, its providers and what it reads. */
export interface RootRule extends RuleText {
  readonly on: "root";
  /** Blocks it judges, for example `provider.aws`; `data.*` means every data source. */
  readonly judges: readonly string[];
  /** What the root breaks; nothing when it keeps the rule. Never throws, whatever the JSON holds. */
  readonly check: (subject: RootSubject) => readonly Violation[];
  /** The smallest root that breaks the rule: the page's example and the rule's test. */
  readonly fails: Attributes;
  /** The smallest root that keeps the rule. */
  readonly passes: Attributes;
}

/** A guard-rail on the final output. */
export type Rule = ResourceRule | ManifestRule | RootRule;

/** A rule on resources. */
export function resourceRule(rule: Omit<ResourceRule, "on">): ResourceRule {
  return { on: "resource", ...rule };
}

/** A rule on manifests. */
export function manifestRule(rule: Omit<ManifestRule, "on">): ManifestRule {
  return { on: "manifest", ...rule };
}

/** A rule on roots. */
export function rootRule(rule: Omit<RootRule, "on">): RootRule {
  return { on: "root", ...rule };
}

/** Whether a rule judges a resource type or kind. */
export function isJudgedBy(rule: Rule, kind: string): boolean {
  return rule.judges.some((judged) => (judged.endsWith("*") ? kind.startsWith(judged.slice(0, -1)) : judged === kind));
}
