/** A directed graph: each name with the names it depends on. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** Result of {@link order}: names with every dependency before its dependants, or the first circle found. */
export type Ordering = { readonly sorted: readonly string[] } | { readonly circle: readonly string[] };

/**
 * Sorts names so that what is depended on comes first. Stable: among names that are free, the order given is kept.
 * Linear in names and edges. Dependencies that are not names of the graph are ignored.
 */
export function order(graph: Dependencies): Ordering {
  const state = new Map<string, "open" | "done">();
  const sorted: string[] = [];
  const trail: string[] = [];
  const visit = (name: string): readonly string[] | undefined => {
    if (state.get(name) === "done") return undefined;
    if (state.get(name) === "open") return [...trail.slice(trail.indexOf(name)), name];
    state.set(name, "open");
    trail.push(name);
    for (const dependency of graph.get(name) ?? []) {
      if (!graph.has(dependency)) continue;
      const circle = visit(dependency);
      if (circle !== undefined) return circle;
    }
    trail.pop();
    state.set(name, "done");
    sorted.push(name);
    return undefined;
  };
  for (const name of graph.keys()) {
    const circle = visit(name);
    if (circle !== undefined) return { circle };
  }
  return { sorted };
}
