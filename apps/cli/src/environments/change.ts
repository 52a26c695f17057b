import type { PreparedChange } from "@paved/pipeline";
import type { Proposal, Standing } from "../new/proposal";

/**
 * What a proposal takes from the change that it is.
 * @param rest what there is to say of it as data beside
 */
export function proposing(change: PreparedChange, rest: object): Pick<Proposal, "there" | "publish" | "report"> {
  const { there, branch, files } = change;
  const report = (otherwise: Standing): object => ({ ...rest, status: there ? "there" : otherwise, branch, files });
  return { there, publish: () => change.publish(), report };
}

/** What a change comes to, as a line. */
export function changeInWords({ there, branch, files }: PreparedChange): string {
  return there ? "it is there already" : `branch ${branch}: ${files.length} files`;
}
