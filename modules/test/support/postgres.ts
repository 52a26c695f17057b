import * as path from "node:path";
import { Worker } from "node:worker_threads";

interface Answer {
  readonly id: number;
  readonly rows?: readonly Record<string, unknown>[];
  readonly error?: string;
}

/** A real PostgreSQL with one connection, in memory. */
export class Postgres {
  private readonly worker = new Worker(path.join(__dirname, "postgres-worker.mjs"));
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private last = 0;

  constructor() {
    this.worker.on("message", (answer: Answer) => this.waiting.get(answer.id)?.(answer));
  }

  /** Runs statements, and returns the rows of the last one. */
  async run(sql: string): Promise<readonly Record<string, unknown>[]> {
    const id = ++this.last;
    const answered = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    this.worker.postMessage({ id, sql });
    const { rows, error } = await answered;
    if (error !== undefined) throw new Error(error);
    return rows ?? [];
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
