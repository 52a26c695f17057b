import { PavedError } from "@paved/model";
import { runInSession } from "@paved/pipeline";
import { rehearseCommand } from "../src/commands/run-stacks";
import type { OptionValues } from "../src/command-spec";
import { startControlPlanes } from "../src/control-plane/start-control-planes";
import { deliverToSandbox } from "../src/delivery/deliver-to-sandbox";
import type { Happening } from "../src/events/happening";
import { index, result } from "./sample-fleet";
import { type Ended, run, sampleWorkspace, write } from "./sample-workspace";

jest.mock("@paved/pipeline", () => ({
  ...jest.requireActual<object>("@paved/pipeline"),
  ensureEngine: async () => ({ binary: "tofu", version: "1.12.6", from: "built" }),
  runInSession: jest.fn(),
}));
jest.mock("../src/control-plane/start-control-planes", () => ({ startControlPlanes: jest.fn() }));
jest.mock("../src/delivery/deliver-to-sandbox", () => ({ deliverToSandbox: jest.fn() }));

const workspace = sampleWorkspace();
const delivered = jest.mocked(deliverToSandbox);

/** What a delivery gives whose applications are all well, or not. */
function delivery(environment: string, isWell: boolean): Awaited<ReturnType<typeof deliverToSandbox>> {
  const application = {
    name: "orders",
    sync: "Synced",
    health: isWell ? "Healthy" : "Degraded",
    revision: "c1",
    isWell,
  };
  const changes = { units: [], services: { before: 1, after: 1, all: 1 } };
  const place = {
    environment,
    by: "argo-cd",
    repository: "git://127.0.0.1/delivery.git",
    branch: "delivery",
    before: "c1",
  };
  return { ...place, changes, applications: [application] } as unknown as Awaited<ReturnType<typeof deliverToSandbox>>;
}

beforeEach(() => {
  jest.mocked(startControlPlanes).mockResolvedValue([]);
  const stacks = [result("dev-network")];
  jest.mocked(runInSession).mockResolvedValue({ command: "rehearse", tofu: "1.12.6", seconds: 2.5, stacks });
  delivered.mockReset();
});

const rehearse = (options: OptionValues = {}, happened?: (happening: Happening) => void): Promise<Ended> =>
  run(rehearseCommand, workspace, { options: { controlPlane: true, ...options }, happened });
const refused = new PavedError({
  code: "PVD9006",
  where: "production",
  got: "nothing",
  want: "Argo CD",
  fix: "start it",
});

test("a rehearsal is printed, then what was delivered after it", async () => {
  delivered.mockImplementation(async ({ environment }) => delivery(environment.name, true));
  const { code, out, err } = await rehearse();
  expect(code).toBe(0);
  expect(out).toMatch(/^1 stack: 1 applied; [^]*\ndev: [^]*\nproduction: [^]*1 of 1 application synced and healthy$/);
  expect(err).toBe("");
});

test("one whose applications are not well is no success, in words and as JSON", async () => {
  delivered.mockImplementation(async ({ environment }) => delivery(environment.name, false));
  expect((await rehearse()).code).toBe(1);
  const { code, out } = await rehearse({ json: true });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ ok: false, stacks: [{ name: "dev-network" }] });
});

test("a delivery that fails loses neither the run nor the deliveries before it", async () => {
  const happenings: Happening[] = [];
  const fail = () => delivered.mockResolvedValueOnce(delivery("dev", true)).mockRejectedValueOnce(refused);
  fail();
  const { code, out, err } = await rehearse({}, (happening) => happenings.push(happening));
  expect(code).toBe(1);
  expect(out).toMatch(/^1 stack: 1 applied; [^]*\ndev: [^]*1 of 1 application synced and healthy$/);
  expect(err).toBe("PVD9006 production: got nothing, want Argo CD; start it");
  expect(happenings).toContainEqual({ kind: "findings", findings: refused.findings });
  fail();
  const json = await rehearse({ json: true });
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    ok: false,
    stacks: [{ name: "dev-network" }],
    deliveries: [{ environment: "dev" }],
    errors: [{ code: "PVD9006", where: "production" }],
  });
});

test("a mistake in Paved itself does not lose the run either", async () => {
  delivered.mockRejectedValue(new TypeError("no such thing"));
  const { code, out, err } = await rehearse();
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringMatching(/^PVD4004 paved rehearse: got TypeError: no such/),
  });
  expect(out).toMatch(/^1 stack: 1 applied; /);
});

test("one that is stopped ends as what is stopped does", async () => {
  delivered.mockRejectedValue(
    new PavedError({ code: "PVD2006", where: "delivery", got: "interrupted", want: "its end", fix: "again" }),
  );
  expect((await rehearse()).code).toBe(130);
});

test("each environment's control plane has what its file says: Argo CD, or Flux", async () => {
  const [dev, production] = index.environments;
  const byFlux = { ...production!, delivery: { ...production!.delivery, by: "flux" as const } };
  write(workspace, "cdktf.out/paved.json", JSON.stringify({ ...index, environments: [dev, byFlux] }));
  delivered.mockImplementation(async ({ environment }) => delivery(environment.name, true));
  jest.mocked(startControlPlanes).mockClear();
  await rehearse();
  const started = jest
    .mocked(startControlPlanes)
    .mock.calls.map(([, wanted]) => [wanted.delivery, wanted.environments]);
  expect(started).toEqual([
    ["argo-cd", ["dev"]],
    ["flux", ["production"]],
  ]);
});
