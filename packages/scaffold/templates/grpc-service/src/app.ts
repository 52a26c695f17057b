import { Server } from "@grpc/grpc-js";
import { ReflectionService } from "@grpc/reflection";
import { HealthImplementation } from "grpc-health-check";
import { definition, Greetings } from "./definition.ts";
import { greet } from "./greetings.ts";
import { measured } from "./measured.ts";
import { service } from "./service.ts";
import type { Settings } from "./settings.ts";

/** A server with what it says of its health. */
export interface App {
  readonly server: Server;
  readonly health: HealthImplementation;
}

/** The server, ready to be bound to a port. */
export function createApp({ reflection, connectionAgeMs, connectionGraceMs }: Omit<Settings, "port">): App {
  const server = new Server({
    interceptors: [measured],
    "grpc.max_connection_age_ms": connectionAgeMs,
    "grpc.max_connection_age_grace_ms": connectionGraceMs,
  });
  server.addService(Greetings.service, { Greet: greet });
  const health = new HealthImplementation({ "": "SERVING", [`${service.grpcPackage}.Greetings`]: "SERVING" });
  health.addToServer(server);
  if (reflection) new ReflectionService(definition).addToServer(server);
  return { server, health };
}
