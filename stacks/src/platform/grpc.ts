import type { Environment } from "@paved/model";
import { grpcHost } from "@paved/modules";

/** The gateway's listener for the host of gRPC services, at which routes of every service's namespace may attach and no others. */
export function grpcListener(environment: Environment) {
  return {
    name: "grpc",
    protocol: "HTTPS" as const,
    port: 443,
    hostname: grpcHost(environment),
    allowedRoutes: {
      namespaces: {
        from: "Selector" as const,
        selector: { matchExpressions: [{ key: "paved.dev/service", operator: "Exists" }] },
      },
    },
  };
}
