/** What a plan does besides planning. Whoever may only look can leave out both. */
export interface PlanSettings {
  /** Takes the state's lock while it plans. @default true */
  readonly lock?: boolean;
  /** Asks the cloud how each resource is, instead of taking what the state says. @default true */
  readonly refresh?: boolean;
}

/** The settings as arguments of OpenTofu. */
export function planFlags({ lock = true, refresh = true }: PlanSettings = {}): readonly string[] {
  return [...(lock ? [] : ["-lock=false"]), ...(refresh ? [] : ["-refresh=false"])];
}
