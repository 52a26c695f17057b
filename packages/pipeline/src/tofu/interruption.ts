/** A process that can be asked to stop. */
export interface Stoppable {
  kill(signal: NodeJS.Signals): boolean;
}

/**
 * Passes Ctrl-C on to the engine, once per Ctrl-C. The engine runs in its own process group, so the terminal's signal
 * reaches only this process; sending it twice would make OpenTofu give up without saving what it did.
 */
export class Interruption {
  private readonly running = new Set<Stoppable>();
  private count = 0;
  private readonly onSignal = (): void => this.signal();

  /** Whether the user asked to stop. */
  get requested(): boolean {
    return this.count > 0;
  }

  /** Starts to listen. @param told called on every Ctrl-C with how many there were */
  constructor(private readonly told: (count: number) => void = () => {}) {
    process.on("SIGINT", this.onSignal);
    process.on("SIGTERM", this.onSignal);
  }

  /** Stops listening. */
  close(): void {
    process.off("SIGINT", this.onSignal);
    process.off("SIGTERM", this.onSignal);
  }

  /** Passes signals on to `child` until the returned function is called. */
  cover(child: Stoppable): () => void {
    this.running.add(child);
    if (this.requested) child.kill("SIGINT");
    return () => void this.running.delete(child);
  }

  private signal(): void {
    this.count += 1;
    for (const child of this.running) child.kill("SIGINT");
    this.told(this.count);
  }
}
