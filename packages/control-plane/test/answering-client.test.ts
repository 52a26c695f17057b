import { ApiClient, ApiRefusal } from "../src";
import { AnsweringClient } from "../src/cluster/answering-client";

const access = { server: "https://127.0.0.1:1", authority: "", certificate: "", key: "" };
const asked = jest.spyOn(ApiClient.prototype, "text");
const isReady = jest.spyOn(ApiClient.prototype, "isReady");
beforeEach(() => {
  asked.mockReset();
  isReady.mockReset();
});

test("what an API server refuses is its own word, and it is asked on", async () => {
  asked.mockRejectedValueOnce(new ApiRefusal(409, "Conflict", "not like this")).mockResolvedValueOnce('"fine"');
  const client = new AnsweringClient(access, "dev");
  await expect(client.get("/api")).rejects.toMatchObject({ status: 409, message: "not like this" });
  expect(await client.get("/api")).toBe("fine");
});

test("what it cannot read is its own word as well, while it says that it is ready", async () => {
  asked.mockRejectedValueOnce(new ApiRefusal(500, "", "one key twice")).mockResolvedValue('"fine"');
  isReady.mockResolvedValue(true);
  const client = new AnsweringClient(access, "dev");
  await expect(client.get("/api")).rejects.toMatchObject({ status: 500, message: "one key twice" });
  expect(await client.get("/api")).toBe("fine");
});

test.each([
  ["lets nobody connect", new Error("connect ECONNREFUSED")],
  ["says that it cannot", new ApiRefusal(503, "ServiceUnavailable", "connect\nECONNREFUSED")],
  ["has an error, and is not ready", new ApiRefusal(500, "InternalError", "connect\nECONNREFUSED")],
])("fails with PVD9004 when a control plane %s, which is not asked again", async (_, error) => {
  asked.mockResolvedValueOnce('"fine"').mockRejectedValue(error);
  isReady.mockResolvedValue(false);
  const client = new AnsweringClient(access, "dev");
  await client.get("/api");
  const stopped =
    "PVD9004 dev: got a control plane that stopped answering: connect ECONNREFUSED, want one that runs; " +
    "run paved sandbox up --env dev, then the same command again";
  await expect(client.get("/api")).rejects.toThrow(stopped);
  await expect(client.send({ method: "DELETE", path: "/api" })).rejects.toThrow(stopped);
  expect(asked).toHaveBeenCalledTimes(2);
});
