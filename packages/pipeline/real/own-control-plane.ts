import path from "node:path";
import {
  type ControlPlane,
  type ControlPlaneSite,
  ensurePrograms,
  remove as removeControlPlane,
  up,
} from "@paved/control-plane";
import type { Workspace } from "../src/workspace/workspace";

const root = path.join(__dirname, "../../..");
/** Who is told nothing. */
export const silent = (): void => {};

/** The control plane of dev in a workspace of the tests, run by the binaries of this checkout. */
export class OwnControlPlane {
  readonly site: ControlPlaneSite;

  constructor({ controlPlanes }: Workspace) {
    const [binaries, engineModule] = [path.join(root, ".paved", "bin"), path.join(root, "engine")];
    this.site = { controlPlanes, binaries, engineModule, charts: path.join(root, "modules", "charts") };
  }

  async start(): Promise<ControlPlane> {
    const programs = await ensurePrograms(this.site, { progress: silent });
    const props = { environment: "dev", region: "eu-west-1", teams: [] };
    return up(this.site, props, { programs, progress: silent });
  }

  async remove(): Promise<void> {
    await removeControlPlane(this.site, "dev", silent);
  }
}
