import { Agent, request } from "node:https";

/** Who asks which API server. */
export interface ApiAccess {
  /** For example `https://127.0.0.1:40123`. */
  readonly server: string;
  /** The authority that the server's certificate is held against, as PEM. @default - those of the system */
  readonly authority?: string;
  /** Name that the server's certificate is to have. @default - that of its address */
  readonly serverName?: string;
  /** The user's certificate and key, as PEM. @default - the token says who it is */
  readonly certificate?: string;
  readonly key?: string;
  /** Says who the user is, for those without a certificate. */
  readonly token?: string;
}

/** What is asked. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With its query, for example `/api/v1/namespaces/orders/pods?limit=1`. */
  readonly path: string;
  readonly body?: object;
  /** What kind of body. @default "application/json" */
  readonly contentType?: string;
}

/** One field that an API server refuses. */
export interface RefusedField {
  /** For example `spec.limits[0].default[cpu]`. */
  readonly field: string;
  readonly message: string;
}

/** The API server's no, in its own words. */
export class ApiRefusal extends Error {
  override readonly name = "ApiRefusal";

  /**
   * @param status of HTTP, for example 403
   * @param reason for example `Forbidden`
   * @param causes which fields, with what is wrong of each; none when it is about the object as a whole
   */
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly causes: readonly RefusedField[] = [],
  ) {
    super(message);
  }
}

/** Asks an API server as one user, in JSON. `close` it, or its connections keep the process alive. */
export class ApiClient {
  private readonly agent: Agent;

  /** @param answerWithinMs after how many milliseconds without an answer a request fails */
  constructor(
    private readonly access: ApiAccess,
    private readonly answerWithinMs: number = 30_000,
  ) {
    const { authority, certificate, key, serverName } = access;
    this.agent = new Agent({ keepAlive: true, ca: authority, cert: certificate, key, servername: serverName });
  }

  /** @throws ApiRefusal for any answer that is no success */
  get<T>(path: string): Promise<T> {
    return this.send<T>({ method: "GET", path });
  }

  /** The answer as text, for what is none of JSON: logs of pods. @throws ApiRefusal */
  async text({ method, path, body, contentType = "application/json" }: ApiRequest): Promise<string> {
    const { status, text } = await this.exchange({ method, path, body, contentType });
    if (status >= 200 && status < 300) return text;
    const said = parsed(text);
    const causes = (said?.details?.causes ?? []).map((cause) => ({ field: "", message: "", ...cause }));
    throw new ApiRefusal(status, said?.reason ?? "", said?.message ?? text.trim(), causes);
  }

  /** @throws ApiRefusal for any answer that is no success */
  async send<T>(asked: ApiRequest): Promise<T> {
    return JSON.parse(await this.text(asked)) as T;
  }

  close(): void {
    this.agent.destroy();
  }

  private exchange({ method, path, body, contentType }: ApiRequest): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = body === undefined ? undefined : JSON.stringify(body);
      // Node says no length for a DELETE by itself, and the server would take the body for the next request.
      const { server, token } = this.access;
      const headers = {
        ...(sent === undefined ? {} : { "content-type": contentType, "content-length": Buffer.byteLength(sent) }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      const options = { method, agent: this.agent, timeout: this.answerWithinMs, headers };
      const asked = request(`${server}${path}`, options, (answer) => {
        const chunks: string[] = [];
        answer.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: chunks.join("") }));
      });
      asked.on("timeout", () => asked.destroy(noAnswer(this.answerWithinMs)));
      asked.on("error", reject);
      asked.end(sent);
    });
  }
}

/** As the system says it of a connection, so that who asks knows them both. */
function noAnswer(afterMs: number): NodeJS.ErrnoException {
  return Object.assign(new Error(`no answer within ${afterMs / 1000} s`), { code: "ETIMEDOUT" });
}

/** What the API server says when it refuses. */
interface Status {
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly Partial<RefusedField>[] };
}

function parsed(text: string): Status | undefined {
  try {
    return JSON.parse(text) as Status;
  } catch {
    return undefined;
  }
}
