import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeStamp } from "@paved/go";
import { clustersOf, type ControlPlaneStatus, type DeliveryAddress } from "../src";
import { kubeconfigOf } from "../src/kubeconfig";
import { helmModule } from "../src/programs/helm";
import * as settled from "../src/settled-status";
import { temporarySite } from "./temporary-site";

jest.mock("../src/settled-status", () => ({
  ...jest.requireActual<typeof settled>("../src/settled-status"),
  settledStatus: jest.fn(),
}));

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
    .mocked(settled.settledStatus)
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

describe("Helm installs charts of the repository", () => {
  const kubeconfig = path.join(site.root, "kubeconfig");
  const server = "https://127.0.0.1:1";
  const delivery = { by: "flux", repository: "http://127.0.0.1:2/delivery.git" } as DeliveryAddress;
  const repositories = { dev: "https://git.paved.example.com/platform/paved.git" };
  const binary = path.join(site.binaries, "helm");

  beforeAll(() => {
    const access = { context: "dev-administrator", certificate: "", key: "" };
    writeFileSync(kubeconfig, kubeconfigOf({ name: "dev", server, authority: "" }, [access]));
  });
  beforeEach(() => {
    mkdirSync(site.binaries, { recursive: true });
    writeFileSync(binary, "");
    const module = helmModule(site);
    writeStamp(module, module.programs[0]!);
  });

  const isInstalling = async (status: Partial<ControlPlaneStatus>, from?: Readonly<Record<string, string>>) => {
    jest.mocked(settled.settledStatus).mockResolvedValue({
      environment: "dev",
      state: "ready",
      components: [],
      memoryMiB: 0,
      server,
      kubeconfig,
      ...status,
    });
    const [dev] = (await clustersOf(site, ["dev"], undefined, from)).running;
    dev!.close();
    return dev!.cluster.releases !== undefined;
  };

  test("where something delivers, from a repository that is known", async () => {
    expect(await isInstalling({ delivery }, repositories)).toBe(true);
  });

  test("and not where nothing does, where no repository is known, or where Helm is not built", async () => {
    const without = [await isInstalling({}, repositories), await isInstalling({ delivery })];
    rmSync(binary);
    expect([...without, await isInstalling({ delivery }, repositories)]).toEqual([false, false, false]);
  });
});
