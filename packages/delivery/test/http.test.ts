import { deliver } from "../src";
import { DeliveryPlace } from "./delivery-place";
import { HttpServer } from "./http-server";

const RENDERING = { "orders/deployment.yaml": "replicas: 2" };
const PASSWORD = "s3cr3t!";

const place = new DeliveryPlace();
place.git("config", "http.receivepack", "true");
let server: HttpServer;
beforeAll(async () => {
  server = await HttpServer.of(place.repository, "ada", PASSWORD);
});
afterAll(async () => {
  await server.close();
  place.remove();
});

/** As the workflow gives its token to Git: a helper for that host, which reads it from a variable. */
function withHelper<T>(host: string, password: string, work: () => Promise<T>): Promise<T> {
  const variables = {
    TOKEN: password,
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `credential.http://${host}.helper`,
    GIT_CONFIG_VALUE_0: '!f() { echo username=ada; echo "password=$TOKEN"; }; f',
  };
  Object.assign(process.env, variables);
  return work().finally(() => Object.keys(variables).forEach((name) => delete process.env[name]));
}

test("the helper of its host lets it read and write, and another host's does not", async () => {
  const options = place.options("dev", RENDERING, { repository: server.address() });
  await withHelper(server.host, PASSWORD, () => deliver(options));
  expect(place.tree).toEqual({ "gitops/dev/orders/deployment.yaml": "replicas: 2" });
  await expect(withHelper("git.example.com", PASSWORD, () => deliver(options))).rejects.toThrow(/^PVD2103 /);
});

test("a password in the address is used, and is in nothing that is said of it", async () => {
  const repository = server.address("ada:s3cr3t%21@");
  const delivery = await deliver(place.options("staging", RENDERING, { repository }));
  expect(delivery.commit).toBe(place.tip);
  expect(delivery.repository).toBe(server.address("***@"));
  expect(JSON.stringify(delivery) + place.messages.join("")).not.toMatch(/s3cr3t/);
});

test("fails with PVD2103 for a wrong password, without saying it", async () => {
  const repository = server.address("ada:wr0ng@");
  const wrong = deliver(place.options("dev", RENDERING, { repository }));
  await expect(wrong).rejects.toThrow(
    /^PVD2103 http:\/\/\*\*\*@127\.0\.0\.1:\d+\/delivery\.git: got fatal: Authentication/,
  );
  await expect(wrong).rejects.not.toThrow(/wr0ng/);
});
