import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Deliverer } from "@paved/model";
import {
  accessIn,
  ApiClient,
  type ControlPlane,
  type ControlPlaneSite,
  deliveryOf,
  environmentsIn,
  ensurePrograms,
  type Programs,
  remove,
  up,
} from "../src";

/** As long as a busy machine needs for a control plane. */
export const STARTING_MS = 240_000;

const root = path.join(__dirname, "../../..");
const silent = (): void => {};

/** Control planes in a temporary folder, run by the binaries of this checkout; they are removed after the tests of the file. */
export class OwnSite implements ControlPlaneSite {
  readonly controlPlanes = mkdtempSync(path.join(tmpdir(), "paved-control-plane-"));
  readonly binaries = path.join(root, ".paved", "bin");
  readonly engineModule = path.join(root, "engine");
  readonly charts = path.join(root, "modules", "charts");
  private readonly clients: ApiClient[] = [];

  constructor() {
    afterAll(async () => {
      for (const client of this.clients) client.close();
      for (const environment of environmentsIn(this)) await remove(this, environment, silent);
      rmSync(this.controlPlanes, { recursive: true, force: true });
    }, STARTING_MS);
  }

  programs(delivery?: Deliverer): Promise<Programs> {
    return ensurePrograms(this, { delivery, progress: silent });
  }

  /**
   * @param delivery what delivers to it from now on. @default - what did before
   * @param nodes how many it simulates from now on. @default - as many as before
   */
  async up(environment = "dev", delivery?: Deliverer, nodes?: number): Promise<ControlPlane> {
    const props = { environment, region: "eu-west-1", teams: ["commerce", "growth"], delivery, nodes };
    const programs = await this.programs(delivery ?? deliveryOf(this, environment));
    return up(this, props, { programs, progress: silent });
  }

  /** Whoever has a context of the kubeconfig, with nothing but what it says. */
  client(controlPlane: ControlPlane, context: string): ApiClient {
    const client = new ApiClient(accessIn(controlPlane.kubeconfig, `${controlPlane.environment}-${context}`)!);
    this.clients.push(client);
    return client;
  }
}
