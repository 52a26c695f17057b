import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What becomes of a request: it passes, is answered with a status, or its connection breaks. */
export type Fate = "pass" | "break" | number;

/** Stands in front of the sandbox's S3 and lets requests fail, as a network or a service does. */
export class FaultyProxy {
  /** Decides on each request. @default - all pass */
  fate: (method: string, path: string) => Fate = () => "pass";
  private readonly server: Server;

  private constructor(private readonly target: URL) {
    this.server = createServer((incoming, answer) => this.handle(incoming, answer));
  }

  static async before(endpoint: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(new URL(endpoint));
    await new Promise<void>((resolve) => proxy.server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private handle(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method = "GET", url = "/", headers } = incoming;
    const fate = this.fate(method, url);
    if (fate === "break") return void incoming.destroy();
    if (fate !== "pass") {
      incoming.resume();
      answer.writeHead(fate, { "content-type": "application/xml" });
      return void answer.end("<Error><Code>Injected</Code><Message>injected</Message></Error>");
    }
    const { hostname: host, port } = this.target;
    const forwarded = request({ host, port, method, path: url, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    forwarded.on("error", () => answer.destroy());
    incoming.pipe(forwarded);
  }
}
