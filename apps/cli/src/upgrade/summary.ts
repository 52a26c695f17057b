import type { Finding } from "@paved/model";
import type { MergedTemplate } from "@paved/pipeline";
import { LOCK_FILES } from "@paved/scaffold";
import { quantity } from "../terminal/quantity";
import type { Outdated } from "./plan";

/** What each version brought that a repository does not have yet. */
export function missedChanges({ record, scaffold }: Pick<Outdated, "record" | "scaffold">): readonly MissedChange[] {
  return scaffold.changes
    .map((what, index) => ({ version: index + 1, what }))
    .filter(({ version }) => version > record.version);
}

/** What a version of a scaffold brought. */
export interface MissedChange {
  readonly version: number;
  readonly what: string;
}

/** What an upgrade does, for a person, the sum of it first. */
export function upgradeSummary(outdated: Outdated, merged: MergedTemplate): string {
  const { record, scaffold } = outdated;
  const { files, conflicts, left } = merged;
  const conflicting = new Set(conflicts.map(({ file }) => file));
  const sum = [
    `${quantity(files.length, "file")} changed`,
    `${quantity(conflicts.length, "conflict")}`,
    ...(left.length === 0
      ? []
      : [`${quantity(left.length, "file")} left as ${left.length === 1 ? "it is" : "they are"}`]),
  ];
  return [
    `${scaffold.name}@${record.version} to ${scaffold.name}@${scaffold.version}: ${sum.join(", ")}`,
    "",
    ...missedChanges(outdated).map(({ version, what }) => `  @${version}  ${what}`),
    "",
    ...files.filter(({ file }) => !conflicting.has(file)).map(({ file, change }) => line(change, file)),
    ...conflicts.map(({ file, kind }) => line("conflict", `${file} (${CONFLICTS[kind]})`)),
    ...left.map(({ file, because }) => line("left", `${file} (${because})`)),
  ].join("\n");
}

const line = (word: string, what: string): string => `  ${word.padEnd(8)}  ${what}`;

const CONFLICTS = {
  marked: "both versions are marked in it",
  unmarked: "no text, so it stays yours",
  lock: "it stays yours, and has to be made anew",
} as const;

/** What has to be done by hand, as findings. */
export function conflictFindings({ directory }: Outdated, { conflicts }: MergedTemplate): readonly Finding[] {
  return conflicts.map(({ file, kind }) => {
    const make = LOCK_FILES.find((lock) => lock.file === file)?.command ?? "make it anew";
    const fixes = {
      marked: `choose between the marks, git add ${file}, then git commit`,
      unmarked: `choose, git add ${file}, then git commit`,
      lock: `${make}, git add ${file}, then git commit`,
    };
    const got = kind === "lock" ? "a lock file of neither" : "two changes of the same";
    return { code: "PVD4103", where: `${directory}/${file}`, got, want: "one that has both", fix: fixes[kind] };
  });
}

/** What the commit says. */
export function upgradeMessage(outdated: Outdated): string {
  const { record, scaffold } = outdated;
  const head = `Take over the scaffold ${scaffold.name}@${scaffold.version}`;
  const changes = missedChanges(outdated).map(({ version, what }) => `${scaffold.name}@${version}: ${what}`);
  return `${[head, "", `Made by paved upgrade-service from ${scaffold.name}@${record.version}.`, "", ...changes].join("\n")}\n`;
}

/** The branch that an upgrade is written on. */
export function upgradeBranch({ scaffold }: Pick<Outdated, "scaffold">): string {
  return `paved-upgrade-${scaffold.version}`;
}
