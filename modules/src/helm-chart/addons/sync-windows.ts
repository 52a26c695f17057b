import type { Environment } from "@paved/model";

/** When Argo CD syncs by itself, as a project of its says it (`spec.syncWindows`). */
type ProjectWindow = {
  readonly kind: "allow";
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone: string;
  readonly applications: string[];
  readonly manualSync: true;
};

/**
 * When Argo CD syncs by itself what is of a project: all of its applications, within the environment's window. Whoever may have
 * one synced may do so at any time.
 * @returns none for an environment without a window, which is synced at any time
 */
export function syncWindows({ delivery: { syncWindow } }: Pick<Environment, "delivery">): ProjectWindow[] {
  if (syncWindow === undefined) return [];
  const { schedule, hours, timeZone } = syncWindow;
  const duration = `${hours}h`;
  return [{ kind: "allow", schedule, duration, timeZone, applications: ["*"], manualSync: true }];
}
