import path from "node:path";
import {
  type ControlPlane,
  type ControlPlaneSite,
  ensurePrograms,
  remove as removeControlPlane,
  up,
} from "@paved/control-plane";
import type { Deliverer } from "@paved/model";
import type { Workspace } from "../src/workspace/workspace";

const root = path.join(__dirname, "../../..");
/** Who is told nothing. */
export const silent = (): void => {};

/** The control plane of dev in a workspace of the tests, run by the binaries of this checkout. */
export class OwnControlPlane {
  readonly site: ControlPlaneSite;

  constructor({ controlPlanes, charts }: Workspace) {
    const [binaries, engineModule] = [path.join(root, ".paved", "bin"), path.join(root, "engine")];
    this.site = { controlPlanes, charts, binaries, engineModule };
  }

  /** @param delivery what delivers to it. @default - nothing */
  async start(delivery?: Deliverer): Promise<ControlPlane> {
    const programs = await ensurePrograms(this.site, { delivery, progress: silent });
    const props = { environment: "dev", region: "eu-west-1", teams: [], delivery };
    return up(this.site, props, { programs, progress: silent });
  }

  async remove(): Promise<void> {
    await removeControlPlane(this.site, "dev", silent);
  }
}
