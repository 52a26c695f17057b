import { ApiRefusal } from "../src";
import { answering } from "../src/cluster/answering";

/** Answers what it is told to, in turn, and counts what it is asked. */
function answers(...turns: readonly unknown[]) {
  let asked = 0;
  const get = async <T>(): Promise<T> => {
    const turn = turns[asked++];
    if (turn instanceof Error) throw turn;
    return turn as T;
  };
  return { client: answering({ get, send: get }, "dev"), count: () => asked };
}

test("what an API server refuses is its own word, and it is asked on", async () => {
  const { client } = answers(new ApiRefusal(409, "Conflict", "not like this"), "fine");
  await expect(client.get("/api")).rejects.toMatchObject({ status: 409, message: "not like this" });
  expect(await client.get("/api")).toBe("fine");
});

test.each([
  ["lets nobody connect", new Error("connect ECONNREFUSED")],
  ["says that it cannot", new ApiRefusal(500, "InternalError", "etcd\nis gone")],
])("fails with PVD9004 when a control plane %s, which is not asked again", async (_, error) => {
  const { client, count } = answers("fine", error, "fine");
  await client.get("/api");
  const stopped =
    `PVD9004 dev: got a control plane that stopped answering: ${error.message.replace("\n", " ")}, want one that runs; ` +
    "run paved sandbox up --env dev, then the same command again";
  await expect(client.get("/api")).rejects.toThrow(stopped);
  await expect(client.send({ method: "DELETE", path: "/api" })).rejects.toThrow(stopped);
  expect(count()).toBe(2);
});
