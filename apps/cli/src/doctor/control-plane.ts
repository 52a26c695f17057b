import { environmentsIn, missingPrograms, settledStatus } from "@paved/control-plane";
import type { Workspace } from "@paved/pipeline";
import type { CheckResult } from "./check";

/** What control planes of the sandbox run, and which run now. Nothing else needs them. */
export async function checkControlPlanes(workspace: Workspace): Promise<CheckResult> {
  const name = "Kubernetes";
  const missing = missingPrograms(workspace);
  if (missing.length > 0) {
    return { name, status: "ok", found: "not built; paved sandbox up builds it with Go, once, and only it needs it" };
  }
  const environments = environmentsIn(workspace);
  const statuses = await Promise.all(environments.map((environment) => settledStatus(workspace, environment)));
  const running = statuses.filter(({ state }) => state !== "stopped");
  const said = running.map(({ environment, state, memoryMiB }) => `${environment} ${state}, ${memoryMiB} MiB`);
  const degraded = running.find(({ state }) => state === "degraded");
  return {
    name,
    status: degraded === undefined ? "ok" : "warning",
    found: ["built", ...(said.length === 0 ? ["no control plane runs"] : said)].join("; "),
    fix: degraded && `run paved sandbox up --env ${degraded.environment}`,
  };
}
