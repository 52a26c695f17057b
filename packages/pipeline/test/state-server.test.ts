import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isRunning } from "@paved/machine";
import { resetSandbox } from "../src/sandbox/reset";
import { openStateServer } from "../src/state-server/open";
import { remove, runFleet, workspaceWith, writeFleet } from "./fleet-on-disk";
import { INSTALLING_MS, keptInS3, s3Workspace } from "./s3-states";

jest.setTimeout(INSTALLING_MS);

const silent = (): void => {};
const ended = async (pid: number): Promise<boolean> => {
  for (let tries = 0; isRunning(pid) && tries < 200; tries += 1) await wait(100);
  return !isRunning(pid);
};

test("the next command uses the server that runs, and one that was killed is started again", async () => {
  const s3 = await s3Workspace([{ name: "dev-network" }]);
  try {
    expect(await s3.reopened()).toEqual(s3.access);
    const { pid } = s3.server;
    process.kill(pid, "SIGKILL");
    expect(await ended(pid)).toBe(true);
    const access = await s3.reopened();
    expect((await fetch(`${access["AWS_ENDPOINT_URL"]}/moto-api/`)).ok).toBe(true);
  } finally {
    s3.remove();
  }
});

test("a reset stops the server, and its states go with it", async () => {
  const s3 = await s3Workspace([{ name: "dev-network" }]);
  const { pid } = s3.server;
  expect(await resetSandbox(s3.workspace)).toEqual({ states: 0, server: true });
  expect(await ended(pid)).toBe(true);
  expect(existsSync(s3.workspace.sandbox)).toBe(false);
  s3.remove();
});

test("the server ends by itself when the sandbox's folder is gone", async () => {
  const s3 = await s3Workspace([{ name: "dev-network" }]);
  const { pid } = s3.server;
  rmSync(s3.workspace.sandbox, { recursive: true });
  expect(await ended(pid)).toBe(true);
  s3.remove();
});

test("states that are local files need no server", async () => {
  const workspace = workspaceWith([{ name: "dev-network" }]);
  expect(await openStateServer(workspace, [], silent)).toBeUndefined();
  expect(existsSync(workspace.sandbox)).toBe(false);
  remove(workspace);
});

test("fails with PVD6003 on a server that does not start, with its last words", async () => {
  const workspace = workspaceWith([{ name: "dev-network" }]).keepingStateIn("s3");
  const pins = readFileSync(path.join(__dirname, "..", "requirements.txt"));
  const installed = createHash("sha256").update(pins).digest("hex").slice(0, 12);
  const programs = path.join(workspace.stateServer, `python-${installed}`, "bin");
  for (const folder of [programs, path.dirname(workspace.stateServerRequirements)])
    mkdirSync(folder, { recursive: true });
  writeFileSync(workspace.stateServerRequirements, pins);
  writeFileSync(path.join(programs, "python"), "#!/bin/sh\necho no moto here >&2\nexit 3\n", { mode: 0o755 });
  await expect(openStateServer(workspace, [], silent)).rejects.toThrow(
    /^PVD6003 the sandbox's S3: got it ended with 3: no moto here,/,
  );
  remove(workspace);
});

test("fails with PVD6005 on a stack whose key nobody has made yet", async () => {
  const s3 = await s3Workspace([{ name: "dev-network" }]);
  writeFleet(s3.workspace, [keptInS3({ name: "dev-other", resources: { terraform_data: { made: {} } } })]);
  const { stacks } = await runFleet(s3.workspace, { stateAccess: s3.access });
  expect(stacks[0]!.findings).toEqual([
    {
      code: "PVD6005",
      where: "dev-other",
      got: "no key alias/paved/dev/state/other",
      want: "the key of its state, which dev-state makes",
      fix: "run paved apply --env dev --state s3",
    },
  ]);
  s3.remove();
});
