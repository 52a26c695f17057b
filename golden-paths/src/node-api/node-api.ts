import { PavedError, shown } from "@paved/model";
import { recordGoldenPath, recordOrigin } from "@paved/modules";
import { Construct } from "constructs";
import { type GoldenPath, goldenPathId } from "../golden-path";
import { callerName } from "../input/caller-name";
import { freeId } from "../input/construct-id";
import { service, serviceMonitor } from "../manifests/access";
import { autoscaler, disruptionBudget } from "../manifests/availability";
import { DATABASE_AUTHORITY_FILE } from "../manifests/database-authority";
import { deployment } from "../manifests/deployment";
import { httpHealth, targetGroupConfiguration } from "../manifests/load-balancer";
import type { Manifest } from "../manifests/manifest";
import { networkPolicy } from "../manifests/network-policy";
import { metadata, type PodFacts } from "../manifests/pod-facts";
import { httpRoute } from "../manifests/routes";
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
import { type NodeApiProps, type ResolvedNodeApi, resolveNodeApi, nodeApiShape } from "./props";

export type { NodeApiProps } from "./props";

/** The gateway takes `/a/` for `/a`, and refuses `//` (Gateway API, HTTPPathMatch): a path is written in one way. */
function isPath(path: unknown): path is string {
  return typeof path === "string" && path.length <= LONGEST_MATCH && /^(\/[a-z0-9][a-z0-9-]*)+$/.test(path);
}

/** Share of the promised CPU in use that pods are added above. */
const CPU_PERCENT = 70;
/** Callers inside need a moment to learn that a pod is about to end. */
const DRAIN_SECONDS = 10;
/** Requests that have begun. */
const FINISH_SECONDS = 35;

/**
 * The paved road for an HTTP API on Node.js: a namespace with guard-rails, an image repository, a cloud identity, the
 * stores it asks for, and the workload with health checks, scaling, metrics and exactly the traffic that was said.
 *
 * ```ts
 * const orders = new NodeApi(service, "api", { image: "commerce/orders", port: 8080, database: { size: "small" } });
 * orders.exposeAt("/orders");
 * ```
 *
 * Cost: a share of the cluster's nodes for its pods, and what it asks for: a database or cache by the hour, a bucket,
 * topic or queue by use, a key monthly for each.
 *
 * @throws PavedError PVD1003, PVD1006, PVD1007, PVD1014, PVD1017 and PVD1025 for what the service file says
 */
export class NodeApi extends Construct implements Caller, Workload {
  readonly goldenPath = goldenPathId(nodeApi);
  readonly needsImage = true;
  readonly kind = "http" as const;
  readonly serviceName: string;
  /** Port the process listens on. */
  readonly port: number;
  /** What it is put together from: namespace, repository, identity and stores. */
  readonly parts: WorkloadParts;
  /** What its dashboard, alerts and objectives are made from. */
  readonly observed: ObservedService;
  private readonly resolved: ResolvedNodeApi;

  constructor(
    private readonly stack: ServiceStack,
    id: string,
    props: NodeApiProps,
  ) {
    super(stack, freeId(stack, id));
    recordOrigin(this);
    recordGoldenPath(this, this.goldenPath);
    this.resolved = resolveNodeApi(stack, props);
    this.serviceName = stack.service.name;
    this.port = this.resolved.port;
    stack.join(this);
    this.parts = new WorkloadParts(this, stack, this.resolved);
    this.observed = this.observe();
  }

  /**
   * Exposes the API to the outside below a path of the environment's domain.
   * @returns the route, with its URL
   * @throws PavedError PVD1025 when the path is not one; when another service has it, at the end of synth
   */
  exposeAt(path: string): Route {
    if (!isPath(path)) {
      const tidy = `/${(typeof path === "string" ? path : "").toLowerCase().split("/").filter(Boolean).join("/")}`;
      throw new PavedError({
        code: "PVD1025",
        where: `${this.stack.file} exposeAt`,
        got: shown(path),
        want: "a path as /orders or /orders/v2: lower-case letters, digits, hyphens and single slashes, none at the end",
        fix: `write ${JSON.stringify(isPath(tidy) ? tidy : `/${this.serviceName}`)}`,
      });
    }
    return expose(this.stack, this.stack.environment.domain, path);
  }

  /**
   * Lets another service call this one, which it finds by `<NAME>_URL`. Both sides' network policies follow.
   * @returns the rule
   * @throws PavedError PVD1025 when it is given no service
   */
  allowFrom(caller: Caller): TrafficRule {
    const name = this.serviceName;
    const variable = `${name.toUpperCase().replaceAll("-", "_")}_URL`;
    const rule = {
      from: callerName(this.stack.file, "allowFrom", caller),
      to: name,
      port: this.port,
      variables: { [variable]: `http://${name}.${name}.svc.cluster.local` },
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
    return { url: this.parts.url, resources: this.parts.resources, provides: { type: "openapi" as const } };
  }

  /** The workload's manifests; complete once every service of the environment has said whom it allows. */
  render(): readonly Manifest[] {
    const facts = this.podFacts();
    return this.parts.delivered(facts, this.manifests(facts), this.observed);
  }

  private manifests(facts: PodFacts): readonly Manifest[] {
    const routes = this.stack.traffic.routesOf(this.serviceName);
    return [
      deployment(facts),
      service(facts),
      autoscaler(facts, { ...this.resolved.scale, cpuPercent: CPU_PERCENT }),
      disruptionBudget(facts),
      networkPolicy(facts, this.parts.reach()),
      serviceMonitor(facts),
      ...(routes.length > 0
        ? [httpRoute(facts, routes), targetGroupConfiguration(metadata(facts), httpHealth(this.resolved.health.ready))]
        : []),
    ];
  }

  private observe(): ObservedService {
    const { health } = this.resolved;
    return this.parts.observed({
      kind: this.kind,
      goldenPath: this.goldenPath,
      unmeasuredRoutes: [health.live, health.ready, "/metrics"],
    });
  }

  private podFacts(): PodFacts {
    const { port: number, health } = this.resolved;
    const port = { name: "http", number } as const;
    return this.parts.podFacts({
      port,
      metricsPort: port,
      variables: {
        NODE_ENV: "production",
        PORT: String(number),
        ...(this.parts.trustsDatabases ? { NODE_EXTRA_CA_CERTS: DATABASE_AUTHORITY_FILE } : {}),
      },
      probes: {
        live: { httpGet: { path: health.live, port: "http" } },
        ready: { httpGet: { path: health.ready, port: "http" } },
      },
      ...this.parts.ending(DRAIN_SECONDS, FINISH_SECONDS),
    });
  }
}

/** The golden path as all that derives from the registry reads it. */
export const nodeApi: GoldenPath<NodeApiProps> = {
  name: "node-api",
  version: 1,
  title: "Node.js API",
  summary: "An HTTP API on Node.js, scaled by CPU, exposed at a path or called by other services.",
  example: "stacks/services/orders.ts",
  Construct: NodeApi,
  shape: nodeApiShape,
};
