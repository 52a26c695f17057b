import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { CASES, ended, generated, INSTALLING_MS, installNode, WELL } from "./generated";
import { answering, freePort, start } from "./served";

describe.each(CASES.filter(({ name }) => name === "node-api"))("a Node.js API with $answers", ({ given }) => {
  const hasDatabase = given["database"] !== undefined;
  let repository: string;
  beforeAll(async () => {
    repository = await generated("node-api", given);
    await installNode(repository);
  }, INSTALLING_MS);

  const read = (file: string) => readFileSync(path.join(repository, file), "utf8");
  const scriptOf = (name: string) =>
    (JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> }).scripts[name]!;

  test("README says these commands, in this order", () => {
    const said = [...read("README.md").matchAll(/^npm (?:run )?(\w+)$/gm)].map(([, name]) => name!);
    expect(said).toEqual(["typecheck", "test", "build", "start"]);
  });

  test.each(["typecheck", "test", "build"])(
    "npm run %s ends well",
    async (script) => {
      expect(await ended("npm", ["run", script], repository)).toEqual(WELL);
    },
    INSTALLING_MS,
  );

  test("started as its README says, it answers its probes, metrics and a request, and ends well when it is told to", async () => {
    const [port, databasePort] = [String(await freePort()), String(await freePort())];
    const bin = path.join(repository, "node_modules", ".bin");
    const run = (script: string) => {
      const [program = "", ...words] = script.split(" ");
      const found = program === "node" ? process.execPath : path.join(bin, program);
      const more = { PORT: port, DATABASE_PORT: databasePort };
      return start({ program: found, words, directory: repository, more });
    };
    if (hasDatabase) run(scriptOf("database").replace("5432", databasePort));
    const server = run(scriptOf("start"));
    const at = (where: string) => `http://127.0.0.1:${port}${where}`;
    await answering(server, at("/healthz"));
    await answering(server, at("/readyz"));
    const prefix = given["exposeAt"] ?? `/${given["name"]}`;
    expect(await (await fetch(at(`${prefix}/greetings/Ada`))).json()).toEqual({ greeting: "Hello, Ada" });
    const route = `http_route="${prefix}/greetings/:name"`;
    const buckets = (await (await fetch(at("/metrics"))).text())
      .split("\n")
      .filter((line) => line.startsWith("http_server_request_duration_seconds_bucket{") && line.includes(route));
    expect(buckets).toEqual(expect.arrayContaining([expect.stringContaining('le="0.005"')]));
    const exit = once(server, "exit");
    server.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  }, 60_000);
});
