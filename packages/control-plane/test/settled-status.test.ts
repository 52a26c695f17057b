import type { ControlPlaneStatus } from "../src";
import { settledStatus } from "../src/settled-status";
import * as status from "../src/status";
import { temporarySite } from "./temporary-site";

jest.mock("../src/status", () => ({ statusOf: jest.fn() }));

const site = temporarySite();
const asked = jest.mocked(status.statusOf);
const whole = [{ name: "etcd", pid: 7 }] as const;
const late: ControlPlaneStatus = { environment: "dev", state: "degraded", components: whole, memoryMiB: 0 };
const said: string[] = [];
const settled = () => settledStatus(site, "dev", (line) => said.push(line));

beforeEach(() => {
  jest.useFakeTimers();
  asked.mockReset();
  said.length = 0;
});
afterEach(() => jest.useRealTimers());

test("one whose components all run is asked again until it answers, which is said once", async () => {
  asked.mockResolvedValueOnce(late).mockResolvedValueOnce({ ...late, nodes: 3, ready: 1 });
  asked.mockResolvedValueOnce({ ...late, state: "ready" });
  const status = settled();
  await jest.runAllTimersAsync();
  expect(await status).toMatchObject({ state: "ready" });
  expect(said).toEqual(["dev: a control plane that does not answer, and is asked again"]);
});

test("one that never does is given up after 20 s", async () => {
  asked.mockResolvedValue(late);
  const begun = Date.now();
  const status = settled();
  await jest.runAllTimersAsync();
  expect(await status).toEqual(late);
  expect(Date.now() - begun).toBe(20_000);
});

test.each<ControlPlaneStatus>([
  { ...late, components: [...whole, { name: "kwok" }] },
  { ...late, state: "stopped" },
  { ...late, state: "ready" },
])("one of which there is nothing to wait for is asked once", async (one) => {
  asked.mockResolvedValue(one);
  expect(await settled()).toEqual(one);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(said).toEqual([]);
});
