import { PavedError, shown } from "@paved/model";
import { grpcHost, recordGoldenPath, recordOrigin } from "@paved/modules";
import { Construct } from "constructs";
import { type GoldenPath, goldenPathId } from "../golden-path";
import { callerName } from "../input/caller-name";
import { freeId } from "../input/construct-id";
import { headlessService, podMonitor } from "../manifests/access";
import { autoscaler, disruptionBudget } from "../manifests/availability";
import { deployment } from "../manifests/deployment";
import { GRPC_HEALTH, targetGroupConfiguration } from "../manifests/load-balancer";
import type { Manifest } from "../manifests/manifest";
import { networkPolicy } from "../manifests/network-policy";
import { metadata, type PodFacts, type PodPort } from "../manifests/pod-facts";
import { grpcRoute } from "../manifests/routes";
import type { ObservedService } from "../observability/observed";
import type { Caller } from "../service/define-service";
import type { CatalogFacts, ServiceStack, Workload } from "../service/service-stack";
import type { Route, TrafficRule } from "../service/traffic";
import {
  expose,
  LONGEST_MATCH,
  publishTo,
  readBucketOf,
  readFrom,
  sendTo,
  subscribeTo,
  useCacheOf,
  writeBucketOf,
} from "../workload/intents";
import type { SubscriptionOptions } from "../workload/subscription";
import { WorkloadParts } from "../workload/workload-parts";
import { type GrpcServiceProps, type ResolvedGrpcService, resolveGrpcService, grpcServiceShape } from "./props";
import { serviceConfig } from "./service-config";

export type { GrpcServiceProps } from "./props";

/** Package and service as in the proto file. */
const GRPC_NAME = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\.[A-Z][A-Za-z0-9]*$/;
const CPU_PERCENT = 70;
/** Callers need a moment to learn that a pod is about to end. */
const DRAIN_SECONDS = 15;
/**
 * How long a connection may be open, and how much longer for the calls on it. A client asks DNS again only when a connection
 * ends, so one that never does would never reach pods that were added (gRPC, "gRPC Name Resolution"; gRFC A9).
 */
const CONNECTION_AGE_MS = 300_000;
const CONNECTION_GRACE_MS = 30_000;
/** Calls that have begun. */
const FINISH_SECONDS = 45;

/**
 * The paved road for a gRPC service: as an API, but asked for health by gRPC's own protocol, found by a name that resolves
 * to each pod, and called with a deadline and retries that callers get with its address. Reflection is on where the
 * environment is not protected, and off where it is.
 *
 * ```ts
 * const pricing = new GrpcService(service, "grpc", { image: "commerce/pricing" });
 * pricing.allowFrom(orders);
 * ```
 *
 * Cost: a share of the cluster's nodes for its pods, and what it asks for.
 *
 * @throws PavedError PVD1003, PVD1006, PVD1007, PVD1014, PVD1017 and PVD1025 for what the service file says
 */
export class GrpcService extends Construct implements Caller, Workload {
  readonly goldenPath = goldenPathId(grpcService);
  readonly needsImage = true;
  readonly kind = "grpc" as const;
  readonly serviceName: string;
  /** Port the process listens on. */
  readonly port: number;
  /** What it is put together from: namespace, repository, identity and stores. */
  readonly parts: WorkloadParts;
  /** What its dashboard, alerts and objectives are made from. */
  readonly observed: ObservedService;
  private readonly resolved: ResolvedGrpcService;

  constructor(
    private readonly stack: ServiceStack,
    id: string,
    props: GrpcServiceProps,
  ) {
    super(stack, freeId(stack, id));
    recordOrigin(this);
    recordGoldenPath(this, this.goldenPath);
    this.resolved = resolveGrpcService(stack, props);
    this.serviceName = stack.service.name;
    this.port = this.resolved.port;
    stack.join(this);
    this.parts = new WorkloadParts(this, stack, this.resolved);
    this.observed = this.observe();
  }

  /**
   * Exposes one of its gRPC services to the outside, at `grpc.` and the environment's domain.
   * @param grpcName package and service as in the proto file, for example `pricing.v1.Pricing`
   * @returns the route, with its URL
   * @throws PavedError PVD1025 when it is no such name, or the service wants certificates; when another service has it, at the end of synth
   */
  exposeAt(grpcName: string): Route {
    if (typeof grpcName !== "string" || grpcName.length > LONGEST_MATCH || !GRPC_NAME.test(grpcName)) {
      throw new PavedError({
        code: "PVD1025",
        where: `${this.stack.file} exposeAt`,
        got: shown(grpcName),
        want: "package and service as in the proto file",
        fix: `write for example "${this.serviceName.replaceAll("-", "_")}.v1.Service"`,
      });
    }
    if (this.resolved.mutualTls) {
      throw new PavedError({
        code: "PVD1025",
        where: `${this.stack.file} exposeAt`,
        got: "a service with mutualTls",
        want: "one that takes calls without a certificate: the outside has none",
        fix: "leave out mutualTls, or expose another service that calls this one",
      });
    }
    return expose(this.stack, grpcHost(this.stack.environment), `/${grpcName}`, grpcName);
  }

  /**
   * Lets another service call this one. It finds it by `<NAME>_GRPC_TARGET`, and how to call it by
   * `<NAME>_GRPC_SERVICE_CONFIG`. Both sides' network policies follow.
   * @returns the rule
   * @throws PavedError PVD1025 when it is given no service
   */
  allowFrom(caller: Caller): TrafficRule {
    const name = this.serviceName;
    const prefix = name.toUpperCase().replaceAll("-", "_");
    const rule = {
      from: callerName(this.stack.file, "allowFrom", caller),
      to: name,
      port: this.port,
      ...(this.resolved.mutualTls ? { mutualTls: true } : {}),
      variables: {
        [`${prefix}_GRPC_TARGET`]: `dns:///${name}.${name}.svc.cluster.local:${this.port}`,
        [`${prefix}_GRPC_SERVICE_CONFIG`]: serviceConfig(this.resolved),
      },
    };
    this.stack.traffic.allow(rule);
    return rule;
  }

  /** Lets it publish to the topic of another service, which it finds by `<NAME>_TOPIC_ARN`. */
  publishTo(owner: Caller): void {
    publishTo(this.stack, this.parts, owner);
  }

  /**
   * Has the events of another service delivered into its queue: all, or those with the attributes that `only` says.
   * @throws PavedError PVD1025 when it has no queue, or the filter is none that SNS takes
   */
  subscribeTo(publisher: Caller, options?: SubscriptionOptions): void {
    subscribeTo(this.stack, this.parts, publisher, options);
  }

  /** Lets it put messages into the queue of another service, which it finds by `<NAME>_QUEUE_URL`. */
  sendTo(owner: Caller): void {
    sendTo(this.stack, this.parts, owner);
  }

  /** Lets it read the database of another service, which it finds by `<NAME>_DATABASE_HOST` and the like. */
  readFrom(owner: Caller): void {
    readFrom(this.stack, this.parts, owner);
  }

  /** Lets it read and list what is in the bucket of another service, which it finds by `<NAME>_BUCKET_NAME`. */
  readBucketOf(owner: Caller): void {
    readBucketOf(this.stack, this.parts, owner);
  }

  /** Lets it read, write and delete what is in the bucket of another service, which it finds by `<NAME>_BUCKET_NAME`. */
  writeBucketOf(owner: Caller): void {
    writeBucketOf(this.stack, this.parts, owner);
  }

  /** Lets it use the cache of another service, which it finds by `<NAME>_CACHE_HOST` and the like. */
  useCacheOf(owner: Caller): void {
    useCacheOf(this.stack, this.parts, owner);
  }

  /** What the catalog says of it in this environment. */
  catalogFacts(): CatalogFacts {
    return { url: this.parts.url, resources: this.parts.resources, provides: { type: "grpc" as const } };
  }

  /** The workload's manifests; complete once every service of the environment has said whom it allows. */
  render(): readonly Manifest[] {
    const port = { name: "grpc", number: this.port } as const;
    const facts = this.podFacts(port);
    return this.parts.delivered(facts, this.manifests(facts, port), this.observed);
  }

  private manifests(facts: PodFacts, port: PodPort): readonly Manifest[] {
    const routes = this.stack.traffic.routesOf(this.serviceName);
    return [
      deployment(facts),
      headlessService(facts, port, this.resolved.mutualTls),
      autoscaler(facts, { ...this.resolved.scale, cpuPercent: CPU_PERCENT }),
      disruptionBudget(facts),
      networkPolicy(facts, this.parts.reach()),
      podMonitor(facts),
      ...(routes.length > 0
        ? [grpcRoute(facts, port, routes), targetGroupConfiguration(metadata(facts), GRPC_HEALTH)]
        : []),
    ];
  }

  private observe(): ObservedService {
    return this.parts.observed({ kind: this.kind, goldenPath: this.goldenPath });
  }

  private podFacts(port: PodPort): PodFacts {
    const { metricsPort, healthPort, mutualTls } = this.resolved;
    const health = { grpc: { port: healthPort ?? port.number } };
    const own = {
      port,
      ...(healthPort === undefined ? {} : { healthPort: { name: "health" as const, number: healthPort } }),
      metricsPort: { name: "metrics" as const, number: metricsPort },
      variables: {
        PORT: String(port.number),
        METRICS_PORT: String(metricsPort),
        ...(healthPort === undefined ? {} : { HEALTH_PORT: String(healthPort) }),
        GRPC_MAX_CONNECTION_AGE_MS: String(CONNECTION_AGE_MS),
        GRPC_MAX_CONNECTION_AGE_GRACE_MS: String(CONNECTION_GRACE_MS),
        GRPC_REFLECTION: this.stack.environment.protected ? "off" : "on",
      },
      probes: { live: health, ready: health },
      ...this.parts.ending(DRAIN_SECONDS, FINISH_SECONDS),
    };
    return this.parts.podFacts(own, mutualTls);
  }
}

/** The golden path as all that derives from the registry reads it. */
export const grpcService: GoldenPath<GrpcServiceProps> = {
  name: "grpc-service",
  version: 1,
  title: "gRPC service",
  summary: "A gRPC service whose callers spread their calls over its pods, with deadlines and retries by default.",
  example: "stacks/services/pricing.ts",
  Construct: GrpcService,
  shape: grpcServiceShape,
};
