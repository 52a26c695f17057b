import { type Finding, PavedError } from "@paved/model";
import { maskedFor } from "./address";

/** The rendering has no services, and the branch has some. */
export function emptied(environment: string, services: number): PavedError {
  return refusal({
    code: "PVD2101",
    where: environment,
    got: `a rendering without services, where ${services === 1 ? "one is" : `${services} are`} delivered`,
    want: "a rendering that does not take away all of them",
    fix: "look at what synth wrote; an environment that is to be destroyed is taken out of Git by paved withdraw",
  });
}

/** Something else was delivered last that the source is not built on. */
export function overtaken(environment: string, source: string, delivered: string): PavedError {
  return refusal({
    code: "PVD2102",
    where: environment,
    got: `${short(source)}, where ${short(delivered)} is delivered, which it does not contain`,
    want: "a commit that contains what was delivered last",
    fix: "deliver from the newest commit; to go back, change what has to go back by a new one, as paved rollback does",
  });
}

/** Git could not read or write the delivery repository. @param said all that it said of it */
export function unreachable(repository: string, said: string): PavedError {
  const masked = maskedFor(repository);
  const telling = said.split("\n").find((line) => /^(fatal|error|remote):|rejected/.test(line)) ?? said;
  return refusal({
    code: "PVD2103",
    where: masked(repository),
    got: masked(telling.trim()),
    want: "a repository that Git can read and write here",
    fix: "try git ls-remote and git push with it; credentials are Git's own: a credential helper, or a key of SSH",
  });
}

/** Others delivered each time in between. */
export function outrun(branch: string, times: number): PavedError {
  return refusal({
    code: "PVD2104",
    where: branch,
    got: `${times} pushes by others, each in between`,
    want: "a branch that stands still for a moment",
    fix: "run it again, and find out who pushes to it all the time",
  });
}

function refusal(finding: Finding): PavedError {
  return new PavedError(finding);
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
