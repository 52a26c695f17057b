/** What one check of the machine came to. */
export interface CheckResult {
  readonly name: string;
  /** `missing`: Paved cannot work without it. `warning`: it works, something will be slower or lacking. */
  readonly status: "ok" | "warning" | "missing";
  readonly found: string;
  /** What to do about it. @default - nothing */
  readonly fix?: string;
}
