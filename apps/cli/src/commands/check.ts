import {
  checkAddresses,
  checkAdoptionRecord,
  checkDeviations,
  checkGuardRails,
  checkPermissions,
  checkWorkflows,
  consentFindings,
  consentWarnings,
  environmentWarnings,
  ephemeralEnvironments,
  expiredFindings,
  expiryWarnings,
  overlongFindings,
  placedDeviations,
  stillRunning,
} from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { guardRailLine } from "../judge/guard-rail-line";
import { printFindings } from "../terminal/findings";
import { quantity } from "../terminal/quantity";
import { dayOf } from "./deviations";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved check` */
export const checkCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const fleet = await fleetAtHand(context);
  const { index } = fleet;
  const base = typeof options["base"] === "string" ? options["base"] : undefined;
  const today = dayOf(options);
  const addresses = checkAddresses(workspace, index, { base, today, write: options["write"] === true });
  // While addresses are gone without a record the rest cannot be written either, and would only be in the way.
  const adoption = addresses.isRefused
    ? { findings: [], written: [] }
    : checkAdoptionRecord(workspace, index, { write: options["write"] === true });
  const write = options["write"] === true && !addresses.isRefused;
  const permissions = checkPermissions(workspace, fleet, { write });
  const agreed = checkDeviations(workspace, index, { write });
  const workflows = checkWorkflows(workspace, index, { write });
  const deviations = placedDeviations(index, today);
  const guardRails = checkGuardRails(fleet, { today });
  const warnings = [
    ...expiryWarnings(deviations),
    ...consentWarnings(index, today),
    ...environmentWarnings(ephemeralEnvironments(index, today)),
    ...guardRails.warnings,
  ];
  const findings = [
    ...addresses.findings,
    ...stillRunning(workspace, index, base),
    ...adoption.findings,
    ...workflows.findings,
    ...(addresses.isRefused ? [] : [...permissions.findings, ...agreed.findings]),
    ...expiredFindings(deviations),
    ...overlongFindings(deviations),
    ...consentFindings(index, today),
    ...guardRails.findings,
  ];
  const code = findings.length > 0 ? EXIT_CODES.failed.code : EXIT_CODES.ok.code;
  if (options["json"] === true) {
    terminal.out(
      JSON.stringify(
        { addresses, adoption, permissions, deviations: agreed, workflows, guardRails, warnings, errors: findings },
        null,
        2,
      ),
    );
    return code;
  }
  const { addresses: count, changed, written } = addresses;
  const state = changed.length === 0 ? "as locked" : `${quantity(changed.length, "stack")} not as locked`;
  const kept = `${quantity(deviations.length, "deviation")}`;
  const verdict = findings.length === 0 ? "" : `; ${quantity(findings.length, "finding")}`;
  const what = `${quantity(index.stacks.length, "stack")} with ${quantity(count, "resource")}`;
  terminal.out(`${what}: ${state}; ${kept}${verdict}`);
  terminal.out(guardRailLine(guardRails));
  terminal.out(
    `${quantity(permissions.sentences, "permission")}${permissions.findings.length === 0 ? ": as reviewed" : ""}`,
  );
  for (const each of [{ written }, adoption, permissions, agreed, workflows])
    for (const file of each.written) terminal.out(`wrote ${file}`);
  for (const warning of warnings) terminal.out(`note: ${warning}`);
  printFindings(terminal, findings);
  return code;
};
