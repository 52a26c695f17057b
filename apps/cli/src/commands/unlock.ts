import type { Finding } from "@paved/model";
import {
  type FleetStack,
  heldLocks,
  inUseFinding,
  lockInWords,
  modeInWords,
  releaseLocks,
  type StateLock,
  withAccess,
} from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { confirm } from "../terminal/confirm";
import { printFindings } from "../terminal/findings";
import { quantity } from "../terminal/quantity";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import { type Place, placeOf } from "./place";
import { withQuietEngine } from "./run-with-engine";

/** `paved unlock` */
export const unlockCommand: CommandRun = async (context) => {
  const place = placeOf(context);
  const stacks = chosenStacks(await fleetAtHand(context), context.options);
  return withQuietEngine(context, place.workspace, (shared) =>
    withAccess({ ...place, stacks, progress: context.terminal.err }, async (access) => {
      const engines = { ...place, ...shared, ...access };
      const locks = await heldLocks(engines, stacks);
      const left = locks.filter(isLeft);
      const release = await mayRelease(context, place, stacks, locks);
      if (release) await releaseLocks(engines, stacks, left);
      return report(context, locks, release ? left : []);
    }),
  );
};

/** Nobody on this machine works on the stack, as far as can be seen. */
function isLeft({ engines }: StateLock): boolean {
  return engines.length === 0;
}

/** Says whose the locks are, and asks. With `--json` nobody is asked: without `--yes` locks are listed only. */
async function mayRelease(
  { terminal, options }: CommandContext,
  { mode }: Place,
  stacks: readonly FleetStack[],
  locks: readonly StateLock[],
): Promise<boolean> {
  const left = locks.filter(isLeft);
  const isAsked = options["yes"] !== true;
  if (options["json"] === true) return left.length > 0 && !isAsked;
  terminal.out(
    locks.length === 0
      ? `no lock is held; ${quantity(stacks.length, "state")} looked at`
      : `${quantity(locks.length, "lock")} held; ${quantity(stacks.length, "state")} looked at`,
  );
  for (const lock of locks) terminal.out(`${lock.stack}: held by ${lockInWords(lock)}; id ${lock.id}`);
  if (left.length === 0) return false;
  if (isAsked) await confirm(terminal, `release ${left.map(({ stack }) => stack).join(", ")} in ${modeInWords(mode)}?`);
  return true;
}

function report(
  { terminal, options }: CommandContext,
  locks: readonly StateLock[],
  released: readonly StateLock[],
): number {
  const findings: readonly Finding[] = locks.filter((lock) => !isLeft(lock)).map(inUseFinding);
  const names = released.map(({ stack }) => stack);
  if (options["json"] === true) {
    terminal.out(JSON.stringify({ locks, released: names, findings, ok: findings.length === 0 }, null, 2));
  } else {
    if (names.length > 0)
      terminal.out(`released ${names.join(", ")}; the next apply goes on from the state that was saved`);
    printFindings(terminal, findings);
  }
  return findings.length === 0 ? EXIT_CODES.ok.code : EXIT_CODES.failed.code;
}
