import { Agent, request as ask } from "node:https";

/** Who asks which API server. */
export interface ApiAccess {
  /** For example `https://127.0.0.1:40123`. */
  readonly server: string;
  /** The authority that the server's certificate is held against, as PEM. @default - those that Node has, or NODE_EXTRA_CA_CERTS names */
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
  /** Ends it. @default - nothing does */
  readonly signal?: AbortSignal;
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

/** No answer at all: nothing listens, the connection broke, or it took too long. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** Whether the same question may be answered a while later: there was no answer, or the API server is not itself yet. */
export function isPassing(error: unknown): error is NoAnswer | ApiRefusal {
  return error instanceof NoAnswer || (error instanceof ApiRefusal && (error.status >= 500 || error.status === 429));
}

/** Whether there is no such object, or no such kind of object. */
export function isNotThere(error: unknown): error is ApiRefusal {
  return error instanceof ApiRefusal && error.status === 404;
}

/**
 * Asks an API server that may have just started: it refuses everybody until it has read who may do what, which is no answer yet.
 * @param ask is asked twice when it is refused by one that has become ready meanwhile
 * @param signal ends it. @default - nothing does
 * @throws NoAnswer when it is refused by one that is not ready, the reason of the signal, and whatever else `ask` throws
 */
export async function onceStarted<T>(client: ApiClient, ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status !== 403) throw error;
    if (!(await client.isReady(signal))) throw new NoAnswer("it is starting", { cause: error });
    return ask();
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

  /** @throws ApiRefusal for any answer that is no success, NoAnswer when there is none, and the reason of the signal */
  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.send<T>({ method: "GET", path, signal });
  }

  /** The answer as text, for what is none of JSON: logs of pods. @throws as {@link get} does */
  async text(asked: ApiRequest): Promise<string> {
    const { status, text } = await this.exchange(asked);
    if (status >= 200 && status < 300) return text;
    const said = parsed(text);
    const causes = (said?.details?.causes ?? []).map((cause) => ({ field: "", message: "", ...cause }));
    throw new ApiRefusal(status, said?.reason ?? "", said?.message ?? text.trim(), causes);
  }

  /** Whether it says of itself that it is ready. @throws the reason of the signal */
  async isReady(signal?: AbortSignal): Promise<boolean> {
    try {
      const { status } = await this.exchange({ method: "GET", path: "/readyz", signal });
      return status === 200;
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return false;
    }
  }

  /** @throws as {@link get} does */
  async send<T>(asked: ApiRequest): Promise<T> {
    return JSON.parse(await this.text(asked)) as T;
  }

  close(): void {
    this.agent.destroy();
  }

  private exchange(request: ApiRequest): Promise<Answer> {
    return this.once(request).catch((error: unknown) => {
      // A server may close a connection that nobody used for a while at the very moment at which it is used again.
      const isRepeatable = request.method !== "POST" && request.signal?.aborted !== true;
      if (error instanceof StaleConnection && isRepeatable) return this.once(request);
      throw error;
    });
  }

  private once(request: ApiRequest): Promise<Answer> {
    const { method, path, body, contentType = "application/json", signal } = request;
    return new Promise((resolve, reject) => {
      const fail = (error: Error, Kind = NoAnswer): void =>
        reject(signal?.aborted === true ? (signal.reason as Error) : new Kind(error.message, { cause: error }));
      const sent = body === undefined ? undefined : JSON.stringify(body);
      // Node says no length for a DELETE by itself, and the server would take the body for the next request.
      const { server, token } = this.access;
      const headers = {
        ...(sent === undefined ? {} : { "content-type": contentType, "content-length": Buffer.byteLength(sent) }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      const options = { method, agent: this.agent, timeout: this.answerWithinMs, headers, signal };
      const asked = ask(`${server}${path}`, options, (answer) => {
        const chunks: string[] = [];
        answer.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
        answer.on("error", (error) => fail(error));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: chunks.join("") }));
      });
      asked.on("timeout", () => asked.destroy(new Error(`no answer within ${this.answerWithinMs / 1000} s`)));
      asked.on("error", (error: NodeJS.ErrnoException) => {
        fail(error, asked.reusedSocket && CLOSED.has(error.code) ? StaleConnection : NoAnswer);
      });
      asked.end(sent);
    });
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A connection of an earlier request, which the server had closed. */
class StaleConnection extends NoAnswer {}

const CLOSED: ReadonlySet<string | undefined> = new Set(["ECONNRESET", "EPIPE"]);

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
