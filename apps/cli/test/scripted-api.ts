import type { ApiClient } from "@paved/control-plane";

/** What an API server is sent. */
interface Sent {
  readonly path: string;
  readonly body: { readonly status?: object };
}

/**
 * An API server that answers with the next list each time, or fails with the next error, and notes what it is sent.
 * @param lists the last one is its answer from then on
 * @param how whether it says that it is ready, and what is noted of what it is sent. @default - the last part of its path
 */
export function scriptedApi(
  lists: readonly (readonly object[] | Error)[],
  how: { readonly isReady?: boolean; readonly noted?: (name: string, sent: Sent) => string } = {},
) {
  const { isReady = true, noted = (name: string) => name } = how;
  const rest = [...lists];
  const told: string[] = [];
  const client = {
    get: async () => {
      const items = rest.length > 1 ? rest.shift() : rest[0];
      if (items instanceof Error) throw items;
      return { items };
    },
    isReady: async () => isReady,
    send: async (sent: Sent) => void told.push(noted(sent.path.split("/").at(-1)!, sent)),
  } as unknown as ApiClient;
  return { client, told };
}
