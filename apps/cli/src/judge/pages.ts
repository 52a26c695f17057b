import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FleetJudgement } from "@paved/judges";
import { type GuardRails, rulePage, rules, type Workspace } from "@paved/pipeline";
import { guardRailsPage } from "./guard-rails-page";

/** Writes `docs/guardrails.md` and the page of every guard-rail; pages of rules that are gone go. Returns what it wrote. */
export function writePages({ root }: Workspace, own: GuardRails, outside: FleetJudgement): readonly string[] {
  const folder = path.join(root, "docs", "guardrails");
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  for (const rule of rules) writeFileSync(path.join(folder, `${rule.id}.md`), rulePage(rule));
  writeFileSync(path.join(root, "docs", "guardrails.md"), guardRailsPage(own, outside));
  return ["docs/guardrails.md", `docs/guardrails/ (${rules.length} pages)`];
}
