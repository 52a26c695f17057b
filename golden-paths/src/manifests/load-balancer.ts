import type { Environment } from "@paved/model";
import { ACCESS_LOG_PREFIXES, accessLogsBucketName } from "@paved/modules";
import type { Manifest } from "./manifest";
import { GATEWAY } from "./platform";

/** Group and version of the AWS Load Balancer Controller's own kinds for Gateway API. */
const API_VERSION = "gateway.k8s.aws/v1";

interface Setting {
  readonly key: string;
  readonly value: string;
}

/** What the AWS Load Balancer Controller makes of a Gateway. */
export interface LoadBalancerConfiguration extends Manifest {
  readonly spec: {
    readonly scheme: "internal" | "internet-facing";
    readonly listenerConfigurations: readonly { readonly protocolPort: string; readonly sslPolicy: string }[];
    readonly loadBalancerAttributes: readonly Setting[];
  };
}

/** What the AWS Load Balancer Controller makes of a Service that a route leads to. */
export interface TargetGroupConfiguration extends Manifest {
  readonly spec: {
    readonly targetReference: { readonly name: string };
    readonly defaultConfiguration: {
      readonly targetType: "ip" | "instance";
      /** What the pods speak. */
      readonly protocolVersion: "HTTP1" | "GRPC";
      readonly healthCheckConfig: {
        readonly healthCheckProtocol: "HTTP" | "HTTPS";
        readonly healthCheckPath: string;
        /** Seconds between checks. */
        readonly healthCheckInterval: number;
        /** Seconds until a check that is not answered has failed. */
        readonly healthCheckTimeout: number;
        readonly healthyThresholdCount: number;
        readonly unhealthyThresholdCount: number;
        readonly matcher: { readonly httpCode: string } | { readonly grpcCode: string };
      };
      readonly targetGroupAttributes: readonly Setting[];
    };
  };
}

/**
 * The public gateway as a load balancer: reached from the internet, which the controller's default is not, with TLS 1.2 or
 * later (Security Hub ELB.17), without malformed headers (ELB.4), with access logs (ELB.5), and not deletable where the
 * environment is protected (ELB.6).
 */
export function loadBalancerConfiguration(environment: Environment): LoadBalancerConfiguration {
  return {
    apiVersion: API_VERSION,
    kind: "LoadBalancerConfiguration",
    metadata: { name: GATEWAY.name, namespace: GATEWAY.namespace },
    spec: {
      scheme: "internet-facing",
      listenerConfigurations: [{ protocolPort: "HTTPS:443", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }],
      loadBalancerAttributes: [
        { key: "access_logs.s3.bucket", value: accessLogsBucketName(environment) },
        { key: "access_logs.s3.enabled", value: "true" },
        { key: "access_logs.s3.prefix", value: ACCESS_LOG_PREFIXES.loadBalancer },
        { key: "deletion_protection.enabled", value: String(environment.protected) },
        { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
      ],
    },
  };
}

/** What a Gateway says to be made by {@link loadBalancerConfiguration}. */
export const GATEWAY_PARAMETERS = {
  group: "gateway.k8s.aws",
  kind: "LoadBalancerConfiguration",
  name: GATEWAY.name,
} as const;

/** How the load balancer asks a pod whether it is ready. */
export interface TargetHealth {
  readonly protocolVersion: "HTTP1" | "GRPC";
  readonly path: string;
  readonly matcher: { readonly httpCode: string } | { readonly grpcCode: string };
}

/** Asked at the pods' own readiness path, since by default `/` would have to answer. */
export function httpHealth(path: string): TargetHealth {
  return { protocolVersion: "HTTP1", path, matcher: { httpCode: "200-299" } };
}

/** Asked by the gRPC health protocol, where 0 is OK. */
export const GRPC_HEALTH: TargetHealth = {
  protocolVersion: "GRPC",
  path: "/grpc.health.v1.Health/Check",
  matcher: { grpcCode: "0" },
};

/**
 * The pods behind a Service as targets of the load balancer: asked for health where they answer, and given up when requests
 * in flight are done.
 *
 * @param of name and namespace of the Service
 */
export function targetGroupConfiguration(of: Manifest["metadata"], health: TargetHealth): TargetGroupConfiguration {
  return {
    apiVersion: API_VERSION,
    kind: "TargetGroupConfiguration",
    metadata: of,
    spec: {
      targetReference: { name: of.name },
      defaultConfiguration: {
        targetType: "ip",
        protocolVersion: health.protocolVersion,
        healthCheckConfig: {
          healthCheckProtocol: "HTTP",
          healthCheckPath: health.path,
          healthCheckInterval: 10,
          healthCheckTimeout: 5,
          healthyThresholdCount: 2,
          unhealthyThresholdCount: 2,
          matcher: health.matcher,
        },
        targetGroupAttributes: [{ key: "deregistration_delay.timeout_seconds", value: "30" }],
      },
    },
  };
}
