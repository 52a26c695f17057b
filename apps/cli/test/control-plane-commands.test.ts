import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ALL_COMPONENT_NAMES } from "@paved/control-plane";
import { COMMANDS } from "../src/command-table";
import { downCommand, logsCommand, statusCommand, upCommand } from "../src/commands/control-plane";
import { resetCommand } from "../src/commands/sandbox";
import { setupCommand } from "../src/commands/setup";
import { run, sampleWorkspace } from "./sample-workspace";

const workspace = sampleWorkspace();
const searchPath = process.env["PATH"];
afterEach(() => void (process.env["PATH"] = searchPath));

test("where none was ever started, all but up say so and do nothing", async () => {
  expect(await run(statusCommand, workspace)).toEqual({
    code: 0,
    out: "no control plane yet; paved sandbox up starts one",
    err: "",
  });
  expect((await run(downCommand, workspace)).out).toBe("no control plane yet");
  expect((await run(logsCommand, workspace)).out).toBe("no control plane yet; paved sandbox up starts one");
  expect((await run(downCommand, workspace, { options: { env: ["dev"] } })).out).toBe("dev: did not run");
  expect((await run(statusCommand, workspace, { options: { env: ["dev"] } })).out).toBe("dev: stopped");
});

test("as JSON, each says of every environment that was asked for", async () => {
  const options = { env: ["dev", "staging"], json: true };
  const status = JSON.parse((await run(statusCommand, workspace, { options })).out) as { controlPlanes: object[] };
  expect(status.controlPlanes).toMatchObject([
    { environment: "dev", state: "stopped", memoryMiB: 0 },
    { environment: "staging", state: "stopped" },
  ]);
  expect(JSON.parse((await run(downCommand, workspace, { options })).out)).toEqual({
    stopped: [
      { environment: "dev", components: [] },
      { environment: "staging", components: [] },
    ],
  });
});

test.each([upCommand, statusCommand, logsCommand, downCommand].map((command) => [command]))(
  "fails with PVD1001 on an environment that there is not, with the one that was meant",
  async (command) => {
    await expect(run(command, workspace, { options: { env: ["stagin"] } })).rejects.toThrow(
      "PVD1001 --env: got stagin, want an environment; did you mean staging?",
    );
  },
);

test("fails with PVD4003 on lines that are no number", async () => {
  await expect(run(logsCommand, workspace, { options: { lines: "many" } })).rejects.toThrow(
    "PVD4003 --lines: got many, want a whole number from 1; name how many lines",
  );
});

test.each(["many", "2", "101", "4.5"])("fails with PVD4003 on %s simulated nodes", async (nodes) => {
  await expect(run(upCommand, workspace, { options: { nodes } })).rejects.toThrow(
    `PVD4003 --nodes: got ${nodes}, want a whole number from 3 to 100`,
  );
});

test("starting one where there is no Go to build it says what is missing, and leaves nothing", async () => {
  process.env["PATH"] = "";
  await expect(run(upCommand, workspace, { options: { env: ["dev"] } })).rejects.toThrow(/^PVD9001 PATH: got no go/);
  expect(existsSync(path.join(workspace.controlPlanes, "dev"))).toBe(false);
});

test("what is not built yet is said by setup --control-plane --check, which builds nothing", async () => {
  const missing = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok", "etcd"];
  const options = { controlPlane: true, check: true };
  expect(await run(setupCommand, workspace, { options })).toEqual({
    code: 1,
    out: `not built: ${missing.join(", ")}`,
    err: "",
  });
  const { out } = await run(setupCommand, workspace, { options: { ...options, json: true } });
  expect(JSON.parse(out)).toEqual({ missing });
  const delivery = await run(setupCommand, workspace, { options: { delivery: true, check: true } });
  expect(delivery).toMatchObject({ code: 1, out: `not built: argocd, helm, ${missing.join(", ")}` });
  const flux = await run(setupCommand, workspace, { options: { delivery: "flux", check: true } });
  expect(flux.out).toBe(`not built: source-controller, kustomize-controller, helm, ${missing.join(", ")}`);
});

test("logs are each component's last lines, as many as are asked for", async () => {
  const log = path.join(workspace.controlPlanes, "dev", "logs", "etcd.log");
  mkdirSync(path.dirname(log), { recursive: true });
  writeFileSync(log, "one\ntwo\nthree\n");
  expect((await run(logsCommand, workspace, { options: { lines: "2" } })).out).toBe("dev etcd | two\ndev etcd | three");
  const { out } = await run(logsCommand, workspace, { options: { json: true, component: "etcd" } });
  expect(JSON.parse(out)).toEqual({
    logs: [{ environment: "dev", component: "etcd", lines: ["one", "two", "three"] }],
  });
});

test("a reset removes what is kept of control planes, and says of which", async () => {
  mkdirSync(path.join(workspace.controlPlanes, "dev"), { recursive: true });
  expect((await run(resetCommand, workspace)).out).toBe(
    "the sandbox is empty; 0 states removed; removed the control planes of dev",
  );
  expect(existsSync(path.join(workspace.controlPlanes, "dev"))).toBe(false);
});

test("the components that logs can be asked of are those that there are", () => {
  const { options } = COMMANDS.find(({ name }) => name === "sandbox logs")!;
  expect(options.find(({ flags }) => flags.startsWith("--component"))!.choices).toEqual([...ALL_COMPONENT_NAMES]);
});
