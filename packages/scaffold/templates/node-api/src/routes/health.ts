import type { FastifyInstance } from "fastify";

/** Something without which no request can be answered well, for example its database. */
export interface ReadinessCheck {
  readonly name: string;
  /** @throws when it is not well */
  readonly check: () => Promise<void>;
}

/**
 * What Kubernetes asks: `/healthz` whether the process lives, and is restarted if not; `/readyz` whether it can take
 * requests. The former never asks others: a database that is down is not mended by a restart.
 */
export async function health(
  app: FastifyInstance,
  { checks }: { readonly checks: readonly ReadinessCheck[] },
): Promise<void> {
  const quiet = { logLevel: "warn" } as const;
  app.get("/healthz", quiet, () => ({ status: "ok" }));
  app.get("/readyz", quiet, async (request, reply) => {
    const failed: string[] = [];
    for (const { name, check } of checks) {
      try {
        await check();
      } catch (error) {
        request.log.warn({ err: error, check: name }, "not ready");
        failed.push(name);
      }
    }
    return reply
      .code(failed.length === 0 ? 200 : 503)
      .send({ status: failed.length === 0 ? "ok" : "not ready", failed });
  });
}
