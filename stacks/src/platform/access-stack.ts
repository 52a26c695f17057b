import type { Environment } from "@paved/model";
import { PavedStack, PipelineAccess } from "@paved/modules";
import type { Construct } from "constructs";

/** Who of the pipeline may do what in the environment's account. Applied by its administrators, before all else. */
export class AccessStack extends PavedStack {
  /** @param imageSources environments whose images are copied to this one, the nearest first */
  constructor(scope: Construct, environment: Environment, imageSources: readonly Environment[]) {
    super(scope, { environment, name: "access", kind: "access", owner: "platform" });
    new PipelineAccess(this, "pipeline", { imageSources });
  }
}
