import { checkWritable, differenceOf, type MergedTemplate, writeUpgrade } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { printFindings } from "../terminal/findings";
import { type Outdated, readOutdated, withUpgrade } from "../upgrade/plan";
import { conflictFindings, missedChanges, upgradeBranch, upgradeMessage, upgradeSummary } from "../upgrade/summary";

/** `paved upgrade-service` */
export const upgradeServiceCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const outdated = readOutdated(context.arguments[0] ?? ".");
  const { record, scaffold } = outdated;
  if (record.version === scaffold.version) {
    if (options["json"] === true) terminal.out(JSON.stringify(reportOf(outdated, "up to date"), null, 2));
    else terminal.out(`up to date: ${scaffold.name}@${scaffold.version}`);
    return EXIT_CODES.ok.code;
  }
  if (options["write"] !== true) return withUpgrade(workspace, outdated, (merged) => show(context, outdated, merged));
  checkWritable(outdated.directory, upgradeBranch(outdated));
  return withUpgrade(workspace, outdated, (merged) => write(context, outdated, merged));
};

function show({ terminal, options }: CommandContext, outdated: Outdated, merged: MergedTemplate): number {
  if (options["json"] === true) {
    const report = { ...reportOf(outdated, "planned", merged), difference: differenceOf(merged, false) };
    terminal.out(JSON.stringify(report, null, 2));
  } else {
    const difference = differenceOf(merged, terminal.colours.isColorSupported);
    const next = `nothing was written; with --write it is, on the branch ${upgradeBranch(outdated)}`;
    terminal.out([upgradeSummary(outdated, merged), "", difference, "", next].join("\n"));
  }
  return EXIT_CODES.ok.code;
}

function write({ terminal, options }: CommandContext, outdated: Outdated, merged: MergedTemplate): number {
  const branch = upgradeBranch(outdated);
  const conflicts = conflictFindings(outdated, merged);
  writeUpgrade(merged, { branch, message: upgradeMessage(outdated) });
  if (options["json"] === true) {
    terminal.out(JSON.stringify({ ...reportOf(outdated, "written", merged), errors: conflicts }, null, 2));
  } else {
    const how = conflicts.length === 0 ? "a commit on" : "to be resolved on";
    terminal.out(
      [upgradeSummary(outdated, merged), "", `${how} the branch ${branch}, which is checked out`].join("\n"),
    );
    printFindings(terminal, conflicts);
  }
  return conflicts.length === 0 ? EXIT_CODES.ok.code : EXIT_CODES.failed.code;
}

/** What an upgrade does, as data. */
function reportOf(outdated: Outdated, status: "up to date" | "planned" | "written", merged?: MergedTemplate): object {
  const { directory, record, scaffold } = outdated;
  return {
    status,
    directory,
    goldenPath: scaffold.name,
    from: record.version,
    to: scaffold.version,
    changes: missedChanges(outdated),
    ...(merged !== undefined && {
      branch: upgradeBranch(outdated),
      files: merged.files,
      conflicts: merged.conflicts,
      left: merged.left,
    }),
  };
}
