import type { StateVersion } from "@paved/model";

/** Which state a text is; nothing for one that was never written. */
export function parseStateVersion(text: string): StateVersion | undefined {
  if (text.trim() === "") return undefined;
  const { lineage, serial } = JSON.parse(text) as Partial<StateVersion>;
  // Of a state that is not there, `tofu state pull` makes up an empty one without a lineage.
  return lineage === undefined || lineage === "" || serial === undefined ? undefined : { lineage, serial };
}

/** Whether two are one state, not written to in between; none at all is one, too. */
export function isSameState(one: StateVersion | undefined, other: StateVersion | undefined): boolean {
  return one?.lineage === other?.lineage && one?.serial === other?.serial;
}

/** A version in words. */
export function stateInWords(version: StateVersion | undefined): string {
  return version === undefined ? "no state" : `serial ${version.serial} of ${version.lineage}`;
}
