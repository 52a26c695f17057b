import { ERROR_CODES, type ErrorCode } from "./catalogue";

/** What one thing is wrong, in the same fields for people, `--json` and the API. */
export interface Finding {
  /** Stable code, see {@link ERROR_CODES}. */
  readonly code: ErrorCode;
  /** Where: a construct path, a file and field, or a stack. */
  readonly where: string;
  /** The user's file and line, for example `stacks/services/orders.ts:4`. @default - no file is to blame */
  readonly source?: string;
  /** What was found, as the user wrote it. */
  readonly got: string;
  /** What would have been right. */
  readonly want: string;
  /** What to do about it, as an instruction. */
  readonly fix: string;
}

/** A finding on one line: code, where, got, want; fix. */
export function formatFinding(finding: Finding): string {
  const source = finding.source === undefined ? "" : ` (${finding.source})`;
  return `${finding.code} ${finding.where}${source}: got ${finding.got}, want ${finding.want}; ${finding.fix}`;
}

const FINDING = /^(PVD\d{4}) (.+?)(?: \(([^()]+)\))?: got (.+), want (.+); (.+)$/;

/** The finding that {@link formatFinding} wrote. @returns undefined for any other text */
export function readFinding(line: string): Finding | undefined {
  const [, code = "", where, source, got, want, fix] = FINDING.exec(line) ?? [];
  if (!Object.hasOwn(ERROR_CODES, code)) return undefined;
  return { code, where, ...(source === undefined ? {} : { source }), got, want, fix } as Finding;
}

/** One or more findings, thrown together so that the user sees all of them at once. */
export class PavedError extends Error {
  override readonly name = "PavedError";
  readonly findings: readonly Finding[];

  constructor(findings: Finding | readonly Finding[]) {
    const all = "code" in findings ? [findings] : findings;
    super(all.map(formatFinding).join("\n"));
    this.findings = all;
  }

  /** The object that `--json` prints: the findings, each with the title of its code. */
  toJSON(): { errors: (Finding & { title: string })[] } {
    return { errors: this.findings.map((finding) => ({ ...finding, title: ERROR_CODES[finding.code] })) };
  }
}

/** Collects findings while work goes on, then throws them together. */
export class Findings {
  private readonly found: Finding[] = [];

  /** Whether nothing was collected yet. */
  get isEmpty(): boolean {
    return this.found.length === 0;
  }

  add(finding: Finding): void {
    this.found.push(finding);
  }

  /** Runs `work`; what it throws as a {@link PavedError} is collected, anything else passes through. */
  collect<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof PavedError)) throw error;
      this.found.push(...error.findings);
      return undefined;
    }
  }

  /** @throws PavedError when anything was collected, each distinct finding once */
  throwIfAny(): void {
    const distinct = new Map(this.found.map((finding) => [JSON.stringify(finding), finding]));
    if (distinct.size > 0) throw new PavedError([...distinct.values()]);
  }
}
