import type { Finding, StackEntry } from "@paved/model";
import type { Diagnostic } from "./messages";
import { lockInfoIn, lockInWords } from "./state-lock";

/**
 * Why a state could not be worked on: PVD6001 when somebody has its lock, PVD6005 when its key is not there.
 * @param options the options of `paved` that say where the engine works, for example ` --live`
 * @returns undefined for any other failure
 */
export function stateFinding(
  stack: StackEntry,
  diagnostics: readonly Diagnostic[],
  options: string,
): Finding | undefined {
  const said = diagnostics.map(({ detail = "" }) => detail);
  return locked(stack, said, options) ?? withoutKey(stack, said, options);
}

function locked(stack: StackEntry, said: readonly string[], options: string): Finding | undefined {
  const lock = said.map(lockInfoIn).find((info) => info !== undefined);
  if (lock === undefined) return undefined;
  const service = stack.service === undefined ? "" : ` --service ${stack.service}`;
  return {
    code: "PVD6001",
    where: stack.name,
    got: `the lock held by ${lockInWords(lock)}`,
    want: "a state that nobody else works on",
    fix: `wait for it; if it was killed, run paved unlock --env ${stack.environment}${service}${options}`,
  };
}

function withoutKey({ name, environment }: StackEntry, said: readonly string[], options: string): Finding | undefined {
  const alias = said.map((text) => /Alias \S+?:(alias\/\S+) is not found/.exec(text)?.[1]).find(Boolean);
  if (alias === undefined) return undefined;
  const keys = `${environment}-state`;
  const isOfAccount = name === keys;
  return {
    code: "PVD6005",
    where: name,
    got: `no key ${alias}`,
    want: `the key of its state, which ${isOfAccount ? "the account is set up with" : `${keys} makes`}`,
    fix: isOfAccount ? "set the account up as docs/state.md says" : `run paved apply --env ${environment}${options}`,
  };
}
