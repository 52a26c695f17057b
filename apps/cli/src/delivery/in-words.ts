import { changesInWords, type Delivery } from "@paved/delivery";

/** What came of a delivery, the sum of it first. @param uncommitted whether what was rendered is in no commit */
export function deliveryInWords(delivery: Delivery, uncommitted: boolean, dryRun: boolean): string {
  const { environment, branch, commit, before, changes, repository } = delivery;
  const made = commit === undefined ? `${branch} stays at ${short(before)}` : `commit ${short(commit)} on ${branch}`;
  const lines = [`${environment}: ${changesInWords(changes)}; ${made}${dryRun ? ", with --dry-run" : ""}`];
  if (uncommitted) lines.push("rendered with changes that are not committed");
  if (commit !== undefined) lines.push(`pushed to ${repository}`);
  return lines.join("\n");
}

function short(commit: string | undefined): string {
  return commit?.slice(0, 7) ?? "nothing";
}
