import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { ApiClient, ApiRefusal, NoAnswer, onceStarted } from "../src";
import { Credentials } from "../src/certificates/credentials";

const folder = mkdtempSync(path.join(tmpdir(), "paved-api-client-"));
/** What the server was asked, on which of its connections. */
const asked: { readonly method: string; readonly socket: Socket }[] = [];
/** Whether the server closes a connection when it is asked on it for the second time, as if it had done so before. */
let closesUsed = false;
let server: Server;
let client: ApiClient;

beforeAll(async () => {
  const credentials = await Credentials.in(folder);
  const subject = { name: "kube-apiserver", usage: "server", addresses: ["127.0.0.1"] } as const;
  const { certificate, key } = await credentials.pair("kubernetes", subject);
  server = createServer({ cert: certificate, key }, ({ method, socket }, response) => {
    const isUsed = asked.some((earlier) => earlier.socket === socket);
    asked.push({ method: method!, socket });
    if (isUsed && closesUsed) socket.destroy();
    else response.end("{}");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const authority = readFileSync(credentials.authority("kubernetes"), "utf8");
  client = new ApiClient({ server: `https://127.0.0.1:${port}`, authority });
});

beforeEach(async () => {
  asked.length = 0;
  closesUsed = false;
  await client.get("/api");
  closesUsed = true;
});

afterAll(async () => {
  client.close();
  server.closeAllConnections();
  await once(server.close(), "close");
  rmSync(folder, { recursive: true, force: true });
});

test.each(["GET", "PATCH", "PUT", "DELETE"] as const)(
  "a %s on a connection that was closed meanwhile is asked again, on another one",
  async (method) => {
    expect(await client.send({ method, path: "/api" })).toEqual({});
    expect(asked.map((one) => one.method)).toEqual(["GET", method, method]);
    expect(asked[2]!.socket).not.toBe(asked[1]!.socket);
  },
);

test("what would be made twice is not asked again", async () => {
  await expect(client.send({ method: "POST", path: "/api", body: {} })).rejects.toThrow(NoAnswer);
  expect(asked.map((one) => one.method)).toEqual(["GET", "POST"]);
});

describe("one who is forbidden something by an API server", () => {
  const forbidden = new ApiRefusal(403, "Forbidden", "not you");
  const ask = jest.fn<Promise<string>, []>();
  beforeEach(() => ask.mockReset());

  test.each([
    ["that is not ready has had no answer", false, NoAnswer, 1],
    ["that is ready is forbidden it, having asked again", true, ApiRefusal, 2],
  ])("%s", async (_, isReady, kind, times) => {
    jest.spyOn(client, "isReady").mockResolvedValue(isReady);
    ask.mockRejectedValue(forbidden);
    await expect(onceStarted(client, ask)).rejects.toThrow(kind);
    expect(ask).toHaveBeenCalledTimes(times);
  });

  test("that became ready meanwhile is answered", async () => {
    jest.spyOn(client, "isReady").mockResolvedValue(true);
    ask.mockRejectedValueOnce(forbidden).mockResolvedValueOnce("fine");
    expect(await onceStarted(client, ask)).toBe("fine");
  });
});
