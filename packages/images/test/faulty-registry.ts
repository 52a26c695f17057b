import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A registry with something in front of it that goes wrong on purpose. */
export interface FaultyRegistry {
  readonly port: number;
  /** Requests that were let through, for example `PUT /v2/…`. */
  readonly seen: string[];
  /**
   * Has requests of this kind hang from now on; nothing lets them go on.
   * @returns resolves when the first one does
   */
  stall(kind: RegExp): Promise<void>;
  /** Changes what is answered to requests of this kind, after all that was promised of it. */
  alter(kind: RegExp, change: (body: string) => string): void;
  /** Nothing goes wrong any more. */
  heal(): void;
  stop(): Promise<void>;
}

/** Stands in front of the registry on that port. */
export async function faultyRegistry(target: () => number): Promise<FaultyRegistry> {
  let stalled: { readonly kind: RegExp; readonly reached: () => void } | undefined;
  let altered: { readonly kind: RegExp; readonly change: (body: string) => string } | undefined;
  const seen: string[] = [];
  const server = createServer((asked, answer) => {
    const words = `${asked.method} ${asked.url}`;
    if (stalled?.kind.test(words) === true) return stalled.reached();
    seen.push(words);
    const change = altered?.kind.test(words) === true ? altered.change : undefined;
    passOn(asked, answer, target(), change);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    stall: (kind) => new Promise((reached) => (stalled = { kind, reached })),
    alter: (kind, change) => {
      altered = { kind, change };
    },
    heal: () => {
      stalled = undefined;
      altered = undefined;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function passOn(asked: IncomingMessage, answer: ServerResponse, port: number, change?: (body: string) => string): void {
  // The registry names itself by the host that it was asked as.
  const onward = request({ host: "127.0.0.1", port, method: asked.method, path: asked.url, headers: asked.headers });
  onward.on("error", () => answer.destroy());
  onward.on("response", (said) => {
    answer.writeHead(said.statusCode!, said.headers);
    if (change === undefined) return void said.pipe(answer);
    const body: Buffer[] = [];
    said.on("data", (chunk: Buffer) => body.push(chunk));
    said.on("end", () => answer.end(change(Buffer.concat(body).toString("utf8"))));
  });
  asked.pipe(onward);
}
