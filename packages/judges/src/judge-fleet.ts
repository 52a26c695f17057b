import { readFileSync } from "node:fs";
import type { Finding } from "@paved/model";
import { OUTSIDE_WAIVERS, type Sorted, sortByWaiver, type Waiver } from "@paved/policy";
import type { BenchOptions } from "./bench";
import { judgeManifests } from "./checkov/judge-manifests";
import { judgePlans, type PlanFile } from "./checkov/judge-plans";
import type { EnvironmentCount, Judgement, PlacedComplaint } from "./judgement";
import { judgeSchemas, type SchemaJudgement } from "./schemas/judge-schemas";

/** What {@link judgeFleet} judges, and with what. */
export interface FleetOptions extends BenchOptions {
  /** Plans of all stacks: what `planDocuments` of the pipeline wrote. */
  readonly plans: readonly PlanFile[];
  /** Folder with the manifests of all environments: `cdktf.out/gitops`. */
  readonly gitops: string;
  /** Names of the environments whose data is protected. */
  readonly protectedEnvironments: ReadonlySet<string>;
  /** @default - the platform's own */
  readonly waivers?: readonly Waiver[];
}

/** What one judge came to, with waivers applied. */
export interface JudgeResult {
  readonly judge: Judgement["judge"];
  readonly version: string;
  /** By environment; `failed` are checks that stand, `waived` those that a waiver holds for. */
  readonly environments: Readonly<Record<string, EnvironmentCount & { readonly waived: number }>>;
  /** Seconds it took, installation included, with one decimal. */
  readonly seconds: number;
}

/** What all judges found in the fleet. It is in order when nothing stands, no waiver is unused and nothing is found. */
export interface FleetJudgement extends Sorted<PlacedComplaint> {
  readonly judges: readonly JudgeResult[];
  /** By environment and kind, how many manifests were validated by a schema. */
  readonly kinds: SchemaJudgement["kinds"];
  /** Why a judgement is not whole. */
  readonly findings: readonly Finding[];
  /** Seconds all judges took, with one decimal. */
  readonly seconds: number;
}

/**
 * Lets every outside judge look at the fleet, one after the other; each keeps both cores busy by itself.
 * @throws PavedError PVD2014 when a judge cannot be run
 */
export async function judgeFleet(options: FleetOptions): Promise<FleetJudgement> {
  const start = performance.now();
  const kubernetes = kubernetesVersions(options.plans);
  const plans = await timed(() => judgePlans(options.plans, options));
  const manifests = await timed(() => judgeManifests(options.gitops, options));
  const schemas = await timed(() => judgeSchemas(options.gitops, { ...options, kubernetes }));
  const all = [plans, manifests, schemas];
  const judges = all.map(({ result }) => result.judge);
  const complaints = all.flatMap(({ result }) => result.complaints);
  const sorted = sortByWaiver(complaints, options.waivers ?? OUTSIDE_WAIVERS, {
    judges,
    protectedEnvironments: options.protectedEnvironments,
  });
  return {
    ...sorted,
    judges: all.map(({ result, seconds }) => withWaivers(result, seconds, sorted)),
    kinds: schemas.result.kinds,
    findings: all.flatMap(({ result }) => result.findings),
    seconds: secondsSince(start),
  };
}

/** What the plans say of their clusters, by environment. */
function kubernetesVersions(plans: readonly PlanFile[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { environment, file } of plans) {
    const plan = JSON.parse(readFileSync(file, "utf8")) as Plan;
    const resources = plan.planned_values?.root_module?.resources ?? [];
    const cluster = resources.find(({ type }) => type === "aws_eks_cluster");
    if (cluster?.values.version !== undefined) found[environment] = cluster.values.version;
  }
  return found;
}

interface Plan {
  readonly planned_values?: {
    readonly root_module?: {
      readonly resources?: readonly { readonly type: string; readonly values: { readonly version?: string } }[];
    };
  };
}

function withWaivers(judgement: Judgement, seconds: number, sorted: Sorted<PlacedComplaint>): JudgeResult {
  const { judge, version } = judgement;
  const environments = Object.entries(judgement.environments).map(([environment, counts]) => {
    const isHere = (complaint: PlacedComplaint): boolean =>
      complaint.judge === judge && complaint.environment === environment;
    const failed = sorted.standing.filter(isHere).length;
    const waived = sorted.waived.filter(({ complaint }) => isHere(complaint)).length;
    return [environment, { ...counts, failed, waived }] as const;
  });
  return { judge, version, environments: Object.fromEntries(environments), seconds };
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const start = performance.now();
  const result = await work();
  return { result, seconds: secondsSince(start) };
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 100) / 10;
}
