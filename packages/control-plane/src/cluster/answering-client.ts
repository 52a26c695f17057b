import { PavedError } from "@paved/model";
import { type ApiAccess, ApiClient, ApiRefusal, type ApiRequest } from "../api/api-client";

/**
 * Asks the API server of an environment until it, or the etcd behind it, answers no more: from then on nothing is asked, since
 * each question may be waited for as long as the first.
 * @throws ApiRefusal for what the API server refuses, and PavedError PVD9004 once it stopped answering, from all that it is asked
 */
export class AnsweringClient extends ApiClient {
  private stopped: PavedError | undefined;

  constructor(
    access: ApiAccess,
    private readonly environment: string,
  ) {
    super(access);
  }

  override async text(asked: ApiRequest): Promise<string> {
    if (this.stopped !== undefined) throw this.stopped;
    try {
      return await super.text(asked);
    } catch (error) {
      if (error instanceof ApiRefusal && (await this.isThere(error.status))) throw error;
      this.stopped ??= stoppedAnswering(this.environment, error as Error);
      throw this.stopped;
    }
  }

  /** With 500 an API server refuses what it cannot read, such as one key twice, and says that it has no etcd. */
  private async isThere(status: number): Promise<boolean> {
    return status === 500 ? this.isReady() : status < 500;
  }
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
