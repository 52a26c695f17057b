import type { Environment } from "@paved/model";
import type { TerraformResourceLifecycle } from "cdktf";

/** Lifecycle of a thing that holds data: where the environment is protected, OpenTofu refuses to destroy it. */
export function statefulLifecycle(environment: Environment): TerraformResourceLifecycle | undefined {
  return environment.protected ? { preventDestroy: true } : undefined;
}
