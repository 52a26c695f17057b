import type { ClusterReader, List, Pod } from "./api";

/** The last lines of one container. */
export interface ContainerLog {
  readonly pod: string;
  readonly container: string;
  readonly lines: readonly string[];
}

/** Which logs. */
export interface LogsWanted {
  readonly namespace: string;
  /** How many lines of each container. */
  readonly lines: number;
  /** @default - every pod */
  readonly pod?: string;
  /** Of the container that ran before the last restart. @default false */
  readonly isPrevious?: boolean;
}

/** The last lines that each container of a service wrote. A container that has none to give, since it never ran, gives none. */
export async function logsIn(reader: ClusterReader, wanted: LogsWanted): Promise<readonly ContainerLog[]> {
  const { namespace, lines, pod, isPrevious = false } = wanted;
  const { items } = await reader.get<List<Pod>>(`/api/v1/namespaces/${namespace}/pods`);
  const chosen = items.filter(({ metadata }) => pod === undefined || metadata.name === pod);
  const containers = chosen.flatMap(({ metadata, spec }) =>
    spec.containers.map(({ name }) => ({ pod: metadata.name, container: name })),
  );
  return Promise.all(
    containers.map(async (each) => {
      const query = new URLSearchParams({ container: each.container, tailLines: String(lines) });
      if (isPrevious) query.set("previous", "true");
      const path = `/api/v1/namespaces/${namespace}/pods/${each.pod}/log?${query}`;
      return { ...each, lines: linesOf(await textOf(reader, path)) };
    }),
  );
}

async function textOf(reader: ClusterReader, path: string): Promise<string> {
  try {
    return await reader.text({ method: "GET", path });
  } catch (error) {
    const { status } = error as { readonly status?: number };
    // A container that waits to start, or never restarted; and a pod that has gone meanwhile.
    if (status === 400 || status === 404) return "";
    throw error;
  }
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
