import { PavedError } from "@paved/model";
import { type ApiClient, ApiRefusal } from "../api/api-client";

/** How an API server is asked. */
export type Asking = Pick<ApiClient, "get" | "send">;

/**
 * Asks the API server of an environment until it, or the etcd behind it, answers no more: from then on nothing is asked, since
 * each question may be waited for as long as the first.
 * @throws ApiRefusal for what the API server refuses, from both; PavedError PVD9004 once it stopped answering
 */
export function answering(client: Asking, environment: string): Asking {
  let stopped: PavedError | undefined;
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    if (stopped !== undefined) throw stopped;
    try {
      return await question();
    } catch (error) {
      if (error instanceof ApiRefusal && error.status < 500) throw error;
      stopped ??= stoppedAnswering(environment, error as Error);
      throw stopped;
    }
  };
  return { get: (path) => ask(() => client.get(path)), send: (asked) => ask(() => client.send(asked)) };
}

function stoppedAnswering(environment: string, { message }: Error): PavedError {
  return new PavedError({
    code: "PVD9004",
    where: environment,
    got: `a control plane that stopped answering: ${message.replaceAll(/\s+/g, " ")}`,
    want: "one that runs",
    fix: `run paved sandbox up --env ${environment}, then the same command again`,
  });
}
