import { isDeepStrictEqual } from "node:util";
import { type BundleEvidence, type Finding, PavedError } from "@paved/model";
import { approvalFindings, approvalsIn } from "./approvals";
import { type Bundle, sha256 } from "./bundle-directory";
import { judgeForApply, type PolicyOptions } from "./policy";
import { treeOf } from "./provenance";
import { commitOf } from "../git/git";
import { consentFindings } from "../losses/consent";
import type { Fleet } from "../workspace/fleet";
import { type Mode, modeInWords, type Workspace } from "../workspace/workspace";

/** What an apply of a bundle would stand on. */
export interface ApplyGround {
  readonly workspace: Workspace;
  readonly mode: Mode;
  /** Version of the engine. */
  readonly engine: string;
  /** What is synthesized here and now. */
  readonly fleet: Fleet;
  readonly policy: PolicyOptions;
}

const PLAN_ANEW = "plan anew, and have that reviewed";

/** Everything but the stacks' own states that stands against an apply of a bundle here and now. */
export function groundRefusals(bundle: Bundle, ground: ApplyGround): readonly Finding[] {
  const { evidence, directory } = bundle;
  const { workspace, mode, engine, fleet, policy } = ground;
  const where = directory.named(directory.path);
  return [
    ...directory.planFindings(evidence),
    ...modeRefusals(evidence, mode, where),
    ...commitRefusals(evidence, workspace, where),
    ...baseRefusals(evidence, workspace, where),
    ...(engine === evidence.engine
      ? []
      : [refusal("PVD5009", where, `OpenTofu ${engine}`, `OpenTofu ${evidence.engine}`)]),
    ...rootRefusals(evidence, fleet),
    ...policyRefusals(evidence, fleet, policy, where),
    ...consentFindings(fleet.index, policy.today),
    ...approvalFindings(bundle, approvalsIn(fleet, evidence.stacks)),
  ];
}

function refusal(code: Finding["code"], where: string, got: string, want: string, fix: string = PLAN_ANEW): Finding {
  return { code, where, got, want, fix };
}

function modeRefusals({ mode: planned, commit }: BundleEvidence, mode: Mode, where: string): readonly Finding[] {
  const fix = planned === "live" ? "add --live" : "leave out --live, or plan anew with it";
  if (planned !== mode)
    return [refusal("PVD5014", where, `a plan for ${modeInWords(planned)}`, `one for ${modeInWords(mode)}`, fix)];
  if (mode === "sandbox" || commit.clean) return [];
  return [refusal("PVD5001", where, "a plan of what was not committed", "a plan of a commit")];
}

function commitRefusals({ commit }: BundleEvidence, workspace: Workspace, where: string): readonly Finding[] {
  const here = commitOf(workspace, "HEAD", "--bundle");
  const fix = `check out ${commit.id}, or plan anew`;
  return here === commit.id ? [] : [refusal("PVD5007", where, `commit ${here}`, commit.id, fix)];
}

/** The base may have become what was planned, however it was merged; anything else on it was not reviewed together. */
function baseRefusals({ base, commit }: BundleEvidence, workspace: Workspace, where: string): readonly Finding[] {
  if (base === undefined) return [];
  try {
    const now = commitOf(workspace, base.revision, "--base");
    const tree = treeOf(workspace, now);
    if (tree === base.tree || tree === treeOf(workspace, commit.id)) return [];
    return [
      refusal(
        "PVD5008",
        where,
        `${base.revision} at ${now}`,
        base.commit,
        "merge it, plan anew, and have that reviewed",
      ),
    ];
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    return error.findings.map(({ got }) => refusal("PVD5008", where, got, `${base.revision} at ${base.commit}`));
  }
}

function rootRefusals({ stacks }: BundleEvidence, fleet: Fleet): readonly Finding[] {
  const roots = new Map(fleet.stacks.map(({ name, json }) => [name, sha256(json)]));
  return stacks.flatMap(({ name, root }) => {
    const now = roots.get(name);
    if (now === root) return [];
    const got = now === undefined ? "no such stack any more" : "another root than was planned";
    return [refusal("PVD5006", name, got, `the root with the hash ${root.slice(0, 12)}`)];
  });
}

function policyRefusals(
  { policy: judged }: BundleEvidence,
  fleet: Fleet,
  options: PolicyOptions,
  where: string,
): readonly Finding[] {
  const { verdict, findings } = judgeForApply(fleet, options);
  const broken = findings.map((each) => ({ ...each, code: "PVD5012" as const, got: `${each.got} (${each.code})` }));
  if (verdict.hash !== judged.hash) {
    return [refusal("PVD5012", where, `rules ${verdict.hash.slice(0, 12)}`, judged.hash.slice(0, 12)), ...broken];
  }
  if (broken.length > 0 || isDeepStrictEqual(verdict, judged)) return broken;
  return [refusal("PVD5012", where, inWords(judged), `the verdict on what is synthesized here: ${inWords(verdict)}`)];
}

function inWords({ rules, checks, broken }: BundleEvidence["policy"]): string {
  return `${rules} rules, ${checks} checks, ${broken} broken`;
}
