import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** A repository over HTTP, as Git itself serves it, for one user with a password. */
export class HttpServer {
  private constructor(
    private readonly server: Server,
    private readonly name: string,
  ) {}

  static async of(repository: string, user: string, password: string): Promise<HttpServer> {
    const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    const server = createServer((request, response) => {
      if (request.headers.authorization !== wanted) {
        response.writeHead(401, { "www-authenticate": 'Basic realm="paved"' }).end();
        return;
      }
      const { pathname, search } = new URL(request.url!, "http://localhost");
      const cgi = spawn("git", ["http-backend"], {
        env: {
          ...process.env,
          GIT_PROJECT_ROOT: path.dirname(repository),
          GIT_HTTP_EXPORT_ALL: "1",
          REMOTE_USER: user,
          PATH_INFO: pathname,
          QUERY_STRING: search.slice(1),
          REQUEST_METHOD: request.method,
          CONTENT_TYPE: request.headers["content-type"] ?? "",
          HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
          HTTP_GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
        },
      });
      request.pipe(cgi.stdin);
      const chunks: Buffer[] = [];
      cgi.stdout.on("data", (chunk: Buffer) => void chunks.push(chunk));
      cgi.once("close", () => {
        const answer = Buffer.concat(chunks);
        const end = answer.indexOf("\r\n\r\n");
        const heads = answer.subarray(0, end).toString().split("\r\n");
        const headers = heads.map((head) => [head.split(": ")[0]!, head.split(": ").slice(1).join(": ")] as const);
        const status = headers.find(([head]) => head === "Status")?.[1];
        response.writeHead(Number(status?.split(" ")[0] ?? 200), Object.fromEntries(headers));
        response.end(answer.subarray(end + 4));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new HttpServer(server, path.basename(repository));
  }

  /** The address of the repository. @param credentials before the host, for example `ada:secret@` */
  address(credentials = ""): string {
    return `http://${credentials}${this.host}/${this.name}`;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}
