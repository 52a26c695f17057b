import { PavedError } from "@paved/model";

/** PVD9004 for an API server that does not answer, or is not itself, for longer than is waited for. */
export function notAnswering(environment: string, { message }: Error): PavedError {
  return new PavedError({
    code: "PVD9004",
    where: environment,
    got: `an API server that does not answer: ${message}`,
    want: "one that says what became of the delivery",
    fix: `run paved sandbox up --env ${environment}, and the same command again: what was delivered is not delivered twice`,
  });
}
