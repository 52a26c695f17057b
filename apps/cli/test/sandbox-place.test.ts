import { ApiRefusal, applyObjects, type ControlPlaneStatus, settledStatus } from "@paved/control-plane";
import type { EnvironmentEntry } from "@paved/model";
import { environmentEntry } from "@paved/testing/src/environment-entry";
import type { Fleet } from "@paved/pipeline";
import { bringBootstrap, type SandboxPlace, sandboxPlace } from "../src/delivery/sandbox-place";
import { sampleWorkspace } from "./sample-workspace";

jest.mock("@paved/control-plane", () => ({
  ...jest.requireActual<object>("@paved/control-plane"),
  settledStatus: jest.fn(),
  bringAddOnKinds: jest.fn(),
  applyObjects: jest.fn(),
}));
jest.mock("@paved/judges", () => ({ customResourceDefinitions: async () => [] }));

const workspace = sampleWorkspace();
const dev: EnvironmentEntry = environmentEntry("dev");
const byFlux: EnvironmentEntry = { ...dev, delivery: { ...dev.delivery, by: "flux" } };
const running = (delivery: object | undefined): void => {
  const status = { environment: "dev", state: "ready", components: [], memoryMiB: 0, delivery };
  jest.mocked(settledStatus).mockResolvedValue(status as unknown as ControlPlaneStatus);
};

test.each([
  { environment: byFlux, delivery: { by: "argo-cd" }, got: "Argo CD", want: "Flux", option: "flux" },
  { environment: dev, delivery: { by: "flux" }, got: "Flux", want: "Argo CD", option: "argo-cd" },
  { environment: byFlux, delivery: undefined, got: "nothing", want: "Flux", option: "flux" },
])("fails with PVD9006 where $got delivers to an environment of $want", async (asked) => {
  running(asked.delivery);
  await expect(sandboxPlace(workspace, asked.environment)).rejects.toThrow(
    `PVD9006 dev: got a control plane that ${asked.got} delivers to, want a control plane with ${asked.want}; ` +
      `run paved sandbox up --env dev --delivery ${asked.option}`,
  );
});

test("fails with PVD9006 where the platform's stack was not applied, whose namespaces Flux is let into", async () => {
  const refusal = new ApiRefusal(404, "NotFound", 'namespaces "cert-manager" not found');
  jest.mocked(applyObjects).mockRejectedValue(refusal);
  const address = { by: "flux", repository: "http://127.0.0.1/dev.git", folder: "/", branch: "delivery" } as const;
  const place = { environment: "dev", address, swap: { from: "a", to: "b" } } as unknown as SandboxPlace;
  await expect(bringBootstrap(workspace, { stacks: [] } as unknown as Fleet, place)).rejects.toThrow(
    'PVD9006 dev: got namespaces "cert-manager" not found, want what the environment\'s stacks make there; run paved apply --env dev',
  );
});
