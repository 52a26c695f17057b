import { mkdirSync } from "node:fs";
import path from "node:path";
import { clustersOf, type ControlPlaneStatus } from "../src";
import * as status from "../src/status";
import { temporarySite } from "./temporary-site";

jest.mock("../src/status", () => ({ ...jest.requireActual<typeof status>("../src/status"), settledStatus: jest.fn() }));

const site = temporarySite();
mkdirSync(path.join(site.controlPlanes, "dev"), { recursive: true });

test.each<[string, Partial<ControlPlaneStatus>, string]>([
  ["that does not answer", {}, "a control plane that does not answer"],
  ["with nodes that are not ready", { nodes: 3, ready: 1 }, "a control plane with 1 of 3 nodes that take pods"],
  [
    "of which something is gone, whatever else there is",
    { components: [{ name: "etcd" }, { name: "kwok", pid: 7 }], nodes: 3, ready: 1 },
    "a control plane without etcd",
  ],
])("fails with PVD9004 on a control plane %s", async (_, some, got) => {
  jest
    .mocked(status.settledStatus)
    .mockResolvedValue({ environment: "dev", state: "degraded", components: [], memoryMiB: 0, ...some });
  const { running, broken } = await clustersOf(site, ["dev", "staging"]);
  expect([running, broken.map(({ error }) => error.message)]).toEqual([
    [],
    [
      `PVD9004 dev: got ${got}, want one that runs, or none; ` +
        "run paved sandbox up --env dev, or paved sandbox down --env dev",
    ],
  ]);
});
