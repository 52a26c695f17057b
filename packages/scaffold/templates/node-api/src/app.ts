import type { IncomingMessage, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { type FastifyInstance, type FastifyServerOptions, fastify } from "fastify";
import { greetings } from "./routes/greetings.ts";
import { health, type ReadinessCheck } from "./routes/health.ts";
import { service } from "./service.ts";

/** Milliseconds in which a request has to be here whole: a client that never ends one holds no connection for ever. */
const REQUEST_MS = 30_000;

/** What the application is put together from. */
export interface AppOptions {
  readonly logger: FastifyServerOptions["logger"];
  /** Answers `/metrics`. */
  readonly metrics: (request: IncomingMessage, response: ServerResponse) => void;
  /** What has to be well before it takes requests. @default - nothing */
  readonly checks?: readonly ReadinessCheck[];
}

/** The application, ready to listen or to be asked by a test. */
export async function createApp({ logger, metrics, checks = [] }: AppOptions): Promise<FastifyInstance> {
  // Requests that come while it ends are still answered: the platform stops sending them first.
  const options = { logger, return503OnClosing: false, requestTimeout: REQUEST_MS };
  const app = fastify(options).withTypeProvider<TypeBoxTypeProvider>();
  await app.register(health, { checks });
  app.get("/metrics", { logLevel: "warn" }, (request, reply) => {
    reply.hijack();
    metrics(request.raw, reply.raw);
  });
  await app.register(greetings, { prefix: service.path });
  return app;
}
