import fc from "fast-check";
import {
  type ApiClient,
  applyObjects,
  COMPONENT_NAMES,
  type ComponentName,
  type ControlPlane,
  DELIVERY_COMPONENT_NAMES,
  refresh,
  settledStatus,
} from "../src";
import { EnvironmentFolder } from "../src/site";
import { application, project, runs } from "./applications";
import { configuration, configurationsIn } from "./configurations";
import { kill } from "./kill";
import { deployment, eventually, namespace, readyPods } from "./objects";
import { OwnSite, STARTING_MS } from "./own-site";
import { type Manifests, WorkingCopy } from "./working-copy";

jest.setTimeout(STARTING_MS);

/** The same in every run, so that a commit that nobody changed stays as green as it was; others by hand. */
const SEED = Number(process.env["PAVED_SEED"] ?? "7");
const ROUNDS = 3;
const COMPONENTS: readonly ComponentName[] = [...COMPONENT_NAMES, ...DELIVERY_COMPONENT_NAMES["argo-cd"]];
/** Which are killed, and after how many milliseconds of the work that they are at. */
const KILLS = fc.record({
  names: fc.subarray([...COMPONENTS], { minLength: 2, maxLength: 6 }),
  afterMs: fc.integer({ min: 0, max: 1_500 }),
});

const site = new OwnSite();
const folder = new EnvironmentFolder(site, "dev");
let controlPlane: ControlPlane;
let administrator: ApiClient;
const copy = new WorkingCopy(() => controlPlane.delivery!);

async function start(): Promise<void> {
  controlPlane = await site.up("dev", "argo-cd");
  administrator = site.client(controlPlane, "administrator");
}

/** A deployment, and a map for each round that there was. */
function manifests(rounds: number): Manifests {
  const maps = Array.from({ length: rounds }, (_, round) => configuration("orders", {}, `round-${round}`));
  return { "orders/api.yaml": [deployment("orders", "api", 2)], "orders/maps.yaml": maps };
}

test(`whatever is killed while Argo CD syncs, starting it again ends with all of it there (PAVED_SEED=${SEED})`, async () => {
  await start();
  const before = [namespace("orders"), namespace("by-hand"), deployment("by-hand", "web", 1)];
  const delivery = controlPlane.delivery!;
  await applyObjects(administrator, [...before, project("orders", delivery), application("orders", delivery)], {
    fieldManager: "test",
  });
  for (const [round, { names, afterMs }] of fc.sample(KILLS, { seed: SEED, numRuns: ROUNDS }).entries()) {
    const revision = copy.deliver(manifests(round + 1));
    await refresh(administrator, "orders");
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await kill(folder, ...names);
    await start();
    expect({ round, started: controlPlane.started }).toEqual({ round, started: names });
    await refresh(administrator, "orders");
    await runs(administrator, "orders", revision);
  }
  const maps = await configurationsIn(administrator, "orders");
  expect(maps).toEqual(Array.from({ length: ROUNDS }, (_, round) => `round-${round}`));
  for (const [place, count] of [
    ["orders", 2],
    ["by-hand", 1],
  ] as const) {
    const ready = await eventually(
      () => readyPods(administrator, place),
      (pods) => pods.length === count,
    );
    expect(ready).toHaveLength(count);
  }
  expect((await settledStatus(site, "dev")).state).toBe("ready");
});
