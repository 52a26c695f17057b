/** Who sees to it that a control holds. */
export type Enforcement =
  /** Guard-rails, judged at every `paved check`. */
  | { readonly by: "rule"; readonly rules: readonly string[] }
  /** A type or a module that leaves no other way; `where` is its file. */
  | { readonly by: "type"; readonly where: string; readonly how: string }
  /** A test of this repository; `where` is its file. */
  | { readonly by: "test"; readonly where: string; readonly how: string }
  /** AWS, which runs that part of the cluster. */
  | { readonly by: "AWS"; readonly how: string }
  /** People: what they do, and who they are. */
  | { readonly by: "owner"; readonly owner: string; readonly how: string };

/** One control of a benchmark, with who sees to it. */
export interface Control {
  readonly id: string;
  readonly title: string;
  readonly enforced: Enforcement;
}

/** A published list of controls. */
export interface Benchmark {
  readonly name: string;
  /** Where the controls are published, with their version. */
  readonly source: string;
  readonly controls: readonly Control[];
}

/** A control that guard-rails see to. */
export function byRule(id: string, title: string, ...rules: readonly string[]): Control {
  return { id, title, enforced: { by: "rule", rules } };
}

/** A control that AWS sees to. */
export function byAws(id: string, title: string, how: string): Control {
  return { id, title, enforced: { by: "AWS", how } };
}

/** A control that a module leaves no way around. */
export function byType(id: string, title: string, where: string, how: string): Control {
  return { id, title, enforced: { by: "type", where, how } };
}

/** A control that people see to. */
export function byOwner(id: string, title: string, owner: string, how: string): Control {
  return { id, title, enforced: { by: "owner", owner, how } };
}
