import type { FleetJudgement } from "@paved/judges";
import {
  benchmarks,
  benchmarkTable,
  type GuardRails,
  OUTSIDE_WAIVERS,
  PAVED_WAIVERS,
  rules,
  ruleTable,
} from "@paved/pipeline";

/** `docs/guardrails.md`: the figures of the last `paved judge`, the waivers, the benchmarks, and every rule. */
export function guardRailsPage(own: GuardRails, outside: FleetJudgement): string {
  return `${[
    "# Guard-rails",
    "Everything that synth writes is judged before it can be applied or delivered: by Paved's own rules in `paved check`, " +
      "in less than a second for the whole fleet, and in `paved judge` also by checkov, on the plans of the real OpenTofu " +
      "and on the manifests, and by the schemas of Kubernetes and of every add-on. `paved explain AWS-RDS-001` says what a " +
      "rule wants and why, and the [kill table](kill-table.md) what they catch. This page is written by `paved judge --write`.",
    "## Figures",
    `Own guard-rails: ${own.rules} rules, ${own.checks} checks on ${own.subjects} resources, manifests and stacks, ${own.broken} broken, ${own.waived} waived.`,
    figures(outside),
    "A check is one rule on one resource or manifest; of schemas, one manifest. A judge that looked at nothing, or said " +
      "nothing about a stack, is an error (`PVD2014`), never a pass.",
    "## Waivers",
    "Rules that do not fit. Each expires: 30 days ahead it is a note, on the day an error, and one that waives nothing " +
      "any more is an error as well (`PVD2016`). Services have [deviations](deviations.md) instead.",
    waivers(outside),
    "## What is not judged",
    NOT_JUDGED,
    "A rule that judged nothing is an error (`PVD2014`), since one that never looks cannot be trusted, unless it is on what " +
      "a fleet may be without:",
    idle(own),
    "## Benchmarks",
    "Counted from what the guard-rails judged. A workload is whatever brings pods; it keeps a control when each of the " +
      "control's rules on pods looked at it and none is broken, also by what a waiver or a deviation allows. A control that " +
      "nothing was judged for is not held, and of an environment to which services are released an error (`PVD2014`).",
    ...benchmarks.map((benchmark) => benchmarkTable(benchmark, own.controls, environmentsOf(own))),
    "## Rules",
    ruleTable(rules),
  ].join("\n\n")}\n`;
}

const NOT_JUDGED =
  "The pods of add-ons. Their charts are rendered at the apply, out of repositories that neither synth nor a judge reaches, " +
  "so that of a chart only its pinned version and origin, its values (`HELM-001` to `HELM-007`) and its namespace are " +
  "judged. What their pods may do is decided by the API server, by the level of Pod Security that the namespace is labelled " +
  "with (`K8S-NS-001`): restricted, unless an add-on has to reach its node. The same holds of pods that an add-on makes of custom resources, and of add-ons that EKS installs.";

function environmentsOf({ controls }: GuardRails): readonly string[] {
  return [...new Set(controls.map(({ environment }) => environment))];
}

function idle({ idle: rulesThatJudgedNothing }: GuardRails): string {
  const rows = rulesThatJudgedNothing.map(
    ({ rule, judges, reason = "" }) =>
      `| [${rule}](guardrails/${rule}.md) | ${judges.map((each) => `\`${each}\``).join(", ")} | ${reason} |`,
  );
  return ["| rule | what it judges | why that is right |", "| --- | --- | --- |", ...rows].join("\n");
}

function figures({ judges }: FleetJudgement): string {
  const rows = judges.flatMap(({ judge, version, environments }) =>
    Object.entries(environments).map(
      ([environment, { scanned, applicable, passed, failed, waived }]) =>
        `| ${judge} (${version}) | ${environment} | ${scanned} | ${applicable} | ${passed} | ${failed} | ${waived} |`,
    ),
  );
  const head = "| judge | environment | resources scanned | rules that applied | checks passed | failed | waived |";
  return [head, "| --- | --- | --- | --- | --- | --- | --- |", ...rows].join("\n");
}

function waivers({ waived }: FleetJudgement): string {
  const rows = [...PAVED_WAIVERS, ...OUTSIDE_WAIVERS].map((waiver) => {
    const count = waived.filter((each) => each.waiver === waiver).length;
    const where = [
      ...(waiver.subjects ?? ["all"]),
      ...(waiver.onlyUnprotected === true ? ["where data is not protected"] : []),
    ].join(", ");
    return `| ${waiver.judge} | ${waiver.rule} | ${where} | ${count} | ${waiver.reason} | ${waiver.owner} | ${waiver.expires} |`;
  });
  const head = "| judge | rule | of what | checks | why it does not fit, and what is done instead | owner | expires |";
  return [head, "| --- | --- | --- | --- | --- | --- | --- |", ...rows].join("\n");
}
