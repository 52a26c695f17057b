/** A node of the schedule. */
export interface Node {
  readonly name: string;
}

/** How {@link schedule} runs its nodes. */
export interface ScheduleOptions<N extends Node, R> {
  /** Names of the nodes that must have ended well before; names that are not scheduled are ignored. */
  readonly after: (node: N) => readonly string[];
  /** How many run at once. */
  readonly concurrency: number;
  readonly run: (node: N) => Promise<R>;
  readonly isSuccess: (result: R) => boolean;
  /** The result of a node that cannot run, with the direct predecessors that did not end well. */
  readonly skip: (node: N, waitsFor: readonly string[]) => R;
}

/**
 * Runs every node after the ones it waits for; one that does not end well stops only what waits for it.
 * @throws what `run` throws, after everything that already runs has ended
 */
export async function schedule<N extends Node, R>(
  nodes: readonly N[],
  options: ScheduleOptions<N, R>,
): Promise<Map<string, R>> {
  const names = new Set(nodes.map((node) => node.name));
  const results = new Map<string, R>();
  const waiting = new Set(nodes);
  const running = new Set<Promise<void>>();
  const broken: unknown[] = [];
  const before = (node: N): string[] => options.after(node).filter((name) => names.has(name));

  const start = (node: N): void => {
    const promise = options
      .run(node)
      .then((result) => void results.set(node.name, result))
      .catch((error: unknown) => void broken.push(error))
      .finally(() => running.delete(promise));
    running.add(promise);
  };

  const next = (): N | undefined => [...waiting].find((node) => before(node).every((name) => results.has(name)));

  while (waiting.size > 0 && broken.length === 0) {
    const node = running.size < options.concurrency ? next() : undefined;
    if (node === undefined) {
      if (running.size === 0) throw new Error(`circle among ${[...waiting].map(({ name }) => name).join(", ")}`);
      await Promise.race(running);
      continue;
    }
    waiting.delete(node);
    const failed = before(node).filter((name) => !options.isSuccess(results.get(name)!));
    if (failed.length > 0) results.set(node.name, options.skip(node, failed));
    else start(node);
  }
  await Promise.all(running);
  if (broken.length > 0) throw broken[0];
  return results;
}
