import type { ComponentName } from "./components/names";
import type { ControlPlaneSite } from "./site";
import { type ControlPlaneStatus, statusOf } from "./status";

const SETTLED_WITHIN_MS = 20_000;
const POLL_MS = 500;

/**
 * What a control plane is up to, once that is told from a machine that has much to do: one whose components all run may answer
 * late, and is asked again for 20 s.
 * @param progress told when it is asked again. @default - nobody is
 */
export async function settledStatus(
  site: ControlPlaneSite,
  environment: string,
  progress?: (line: string) => void,
): Promise<ControlPlaneStatus> {
  const until = Date.now() + SETTLED_WITHIN_MS;
  let status = await statusOf(site, environment);
  const settles = (): boolean => status.state === "degraded" && gone(status).length === 0 && Date.now() < until;
  if (settles()) progress?.(`${environment}: ${whatIsAmiss(status)}, and is asked again`);
  while (settles()) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    status = await statusOf(site, environment);
  }
  return status;
}

/** What is wrong with a control plane that is degraded, in the words of a finding: it is `got`. */
export function whatIsAmiss(status: ControlPlaneStatus): string {
  const without = gone(status);
  if (without.length > 0) return `a control plane without ${without.join(", ")}`;
  const { nodes, ready } = status;
  return `a control plane ${nodes === undefined ? "that does not answer" : `with ${ready} of ${nodes} nodes that take pods`}`;
}

function gone({ components }: ControlPlaneStatus): readonly ComponentName[] {
  return components.filter(({ pid }) => pid === undefined).map(({ name }) => name);
}
