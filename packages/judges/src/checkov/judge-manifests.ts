import path from "node:path";
import { pythonRoom } from "@paved/python";
import type { Check } from "./report";
import { count, missingFrom, runCheckov } from "./run-checkov";
import { Bench, type BenchOptions } from "../bench";
import { type Judgement, notWhole, type PlacedComplaint } from "../judgement";
import { environmentsOf, readManifests } from "../manifests";
import { twoAtATime } from "../two-at-a-time";

const JUDGE = "checkov manifests";

/** Kinds that run containers: checkov has rules for every one of these. */
const WORKLOADS = new Set(["CronJob", "DaemonSet", "Deployment", "Job", "Pod", "StatefulSet"]);

/**
 * Lets checkov judge the manifests below `<gitops>/<environment>/`, those of kinds it knows.
 * @param gitops for example `cdktf.out/gitops`
 * @throws PavedError PVD2014 when checkov cannot be installed, or breaks down
 */
export async function judgeManifests(gitops: string, options: BenchOptions): Promise<Judgement> {
  const bench = new Bench(options);
  const { versions } = await pythonRoom(bench.room);
  const parts = await twoAtATime(environmentsOf(gitops), async (environment) => {
    const directory = path.resolve(gitops, environment);
    const workloads = readManifests(directory).filter(({ kind }) => WORKLOADS.has(kind));
    const report = await runCheckov(bench, { framework: "kubernetes", directory, input: { folder: "." } });
    const expected = [...new Set(workloads.map(({ file }) => file))];
    return {
      environment,
      counts: count(report),
      complaints: report.failed.map((check) => toComplaint(check, environment)),
      findings: missingFrom(report, JUDGE, environment, expected),
    };
  });
  const nothing = parts.length === 0 ? [notWhole(JUDGE, "all", "no environment", "manifests to judge")] : [];
  return {
    judge: JUDGE,
    version: `checkov ${versions["checkov"]}`,
    environments: Object.fromEntries(parts.map(({ environment, counts }) => [environment, counts])),
    complaints: parts.flatMap(({ complaints }) => complaints),
    findings: [...nothing, ...parts.flatMap(({ findings }) => findings)],
  };
}

/** Checkov names a manifest `<Kind>.<namespace>.<name>`; a namespace has no dot, a name may. */
function toComplaint({ rule, title, resource, file }: Check, environment: string): PlacedComplaint {
  const [kind = resource, , ...name] = resource.split(".");
  return { judge: JUDGE, rule, title, kind, subject: `${kind}/${name.join(".")}`, environment, where: file };
}
