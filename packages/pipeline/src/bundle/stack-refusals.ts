import { isDeepStrictEqual } from "node:util";
import { type BundledStack, type Finding, PavedError, type StateVersion } from "@paved/model";
import { type Bundle, sha256 } from "./bundle-directory";
import type { Journal, Progress } from "./journal";
import { summaryOf } from "./plan-document";
import { lossFindings } from "../losses/consent";
import type { StackEngine } from "../tofu/stack-engine";
import { isSameState, stateInWords } from "../tofu/state-version";
import type { FleetStack } from "../workspace/fleet";

/** One stack of a bundle, before anything is applied. */
export interface StackToCheck {
  readonly bundle: Bundle;
  readonly journal: Journal;
  readonly entry: BundledStack;
  /** As it is synthesized now. */
  readonly stack: FleetStack;
  readonly engine: StackEngine;
  /** Day that consents to losses are judged by. */
  readonly today: string;
  /** Whether the file of its plan is the one in the evidence. */
  readonly hasPlan: boolean;
}

/** What stands against an apply of one stack: its providers, its state, and what its plan really says. */
export async function stackRefusals(check: StackToCheck): Promise<readonly Finding[]> {
  const { engine, entry, journal, bundle } = check;
  const progress = journal.progress(entry.name);
  if (progress?.status === "begun") {
    // Of an apply that was killed when it was about to.
    engine.keepUnsaved();
    await engine.recover();
  }
  await engine.init();
  const lock = engine.providerLock();
  const findings = [
    ...lockRefusals(entry, lock === undefined ? undefined : sha256(lock)),
    ...stateRefusals(entry, progress, await engine.stateVersion()),
  ];
  const isReadable = check.hasPlan && entry.plan !== undefined && progress?.status !== "applied";
  return isReadable ? [...findings, ...(await planRefusals(check, bundle.directory.plan(entry.name)))] : findings;
}

function lockRefusals({ name, lock }: BundledStack, now: string | undefined): readonly Finding[] {
  if (lock === now) return [];
  const words = (hash?: string): string =>
    hash === undefined ? "no lock of providers" : `the lock ${hash.slice(0, 12)}`;
  const fix = "restore the lock of its providers, or plan anew";
  return [{ code: "PVD5010", where: name, got: words(now), want: words(lock), fix }];
}

/** Only this bundle may have written to the state since: where it says how it left it, that, and else the same lineage. */
function stateRefusals(
  { name, state }: BundledStack,
  progress: Progress | undefined,
  now: StateVersion | undefined,
): readonly Finding[] {
  const isCutOff = progress?.status === "begun" && progress.state === undefined;
  const wanted = progress?.state ?? state;
  const isOurs = isCutOff && now !== undefined && (state === undefined || state.lineage === now.lineage);
  if (isSameState(now, wanted) || (isOurs && now.serial >= (state?.serial ?? 0))) return [];
  const fix = "somebody else applied in between: plan anew, and have that reviewed";
  return [{ code: "PVD5011", where: name, got: stateInWords(now), want: stateInWords(wanted), fix }];
}

/** A summary that was approved has to be that of the plan which is applied. */
async function planRefusals({ engine, entry, stack, today }: StackToCheck, file: string): Promise<readonly Finding[]> {
  const document = await readPlan(engine, file);
  if (document === undefined) return [cannotDecrypt(entry.name)];
  const { hash: _, ...reviewed } = entry.plan!;
  const summary = summaryOf(document);
  const losses = lossFindings(stack, summary.losses, today);
  if (isDeepStrictEqual(summary, reviewed)) return losses;
  const got = `a plan that does ${JSON.stringify(summary.counts)}`;
  const want = `what the evidence says: ${JSON.stringify(reviewed.counts)}`;
  return [{ code: "PVD5004", where: entry.name, got, want, fix: "plan anew, and have that reviewed" }, ...losses];
}

/** The plan as JSON. @returns nothing when the key does not open it */
async function readPlan(engine: StackEngine, file: string): Promise<string | undefined> {
  try {
    return await engine.document(file);
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    if (error.findings.some(({ got }) => /decrypt|encrypt/.test(got))) return undefined;
    throw error;
  }
}

function cannotDecrypt(stack: string): Finding {
  const want = "the key that it was planned with";
  const fix = "set PAVED_BUNDLE_KEY to that, or act as a role that may use the key of its state";
  return { code: "PVD5005", where: stack, got: "a plan that this key does not open", want, fix };
}
