import { PavedError } from "@paved/model";
import {
  Database,
  type DatabaseClient,
  ImageRepository,
  InfrastructureConfig,
  Namespace,
  recordGoldenPath,
  recordOrigin,
  subnetsOf,
  WorkloadIdentity,
} from "@paved/modules";
import { Construct } from "constructs";
import { externalSecret, httpRoute, service, serviceMonitor } from "../manifests/access";
import { autoscaler, disruptionBudget } from "../manifests/availability";
import { deployment } from "../manifests/deployment";
import { targetGroupConfiguration } from "../manifests/load-balancer";
import type { Manifest } from "../manifests/manifest";
import { networkPolicy, type Reach } from "../manifests/network-policy";
import type { PodFacts } from "../manifests/pod-facts";
import type { Caller } from "../service/define-service";
import type { ServiceStack, Workload } from "../service/service-stack";
import type { Route, TrafficRule } from "../service/traffic";
import { type NodeApiProps, type ResolvedNodeApi, resolveNodeApi } from "./props";

/**
 * The paved road for an HTTP API on Node.js: a namespace with guard-rails, an image repository, a cloud identity, a
 * database when asked for, and the workload with health checks, scaling, metrics and exactly the traffic that was said.
 *
 * ```ts
 * const orders = new NodeApi(service, "api", { image: "commerce/orders", port: 8080, database: { size: "small" } });
 * orders.exposeAt("/orders");
 * ```
 *
 * Cost: a share of the cluster's nodes for its pods; with a database, an RDS instance and its storage and key.
 *
 * @throws PavedError PVD1003, PVD1006, PVD1007, PVD1017 and PVD1025 for what the service file says
 */
export class NodeApi extends Construct implements Caller, DatabaseClient, Workload {
  readonly goldenPath = "node-api@1";
  readonly serviceName: string;
  /** Port the process listens on. */
  readonly port: number;
  readonly namespace: Namespace;
  readonly repository: ImageRepository;
  readonly identity: WorkloadIdentity;
  /** Its database. @default - it asked for none */
  readonly database: Database | undefined;
  private readonly resolved: ResolvedNodeApi;
  private readonly config: InfrastructureConfig;
  private readonly egress: { readonly cidrs: readonly string[]; readonly port: number }[] = [];

  constructor(
    private readonly stack: ServiceStack,
    id: string,
    props: NodeApiProps,
  ) {
    super(stack, id);
    recordOrigin(this);
    recordGoldenPath(this, this.goldenPath);
    this.resolved = resolveNodeApi(stack, props);
    this.serviceName = stack.service.name;
    this.port = this.resolved.port;
    stack.join(this);

    this.namespace = new Namespace(this, "namespace", { service: stack.service });
    this.repository = new ImageRepository(this, "repository", { name: this.resolved.image });
    this.identity = this.identify();
    this.config = new InfrastructureConfig(this, "config", {
      name: `${this.serviceName}-infrastructure`,
      namespace: this.namespace.name,
    });
    this.config.set("AWS_REGION", stack.environment.region);
    this.database = this.keepData();
  }

  /**
   * Exposes the API to the outside below a path of the environment's domain.
   * @returns the route, with its URL
   * @throws PavedError PVD1025 when the path is not one; when another service has it, at the end of synth
   */
  exposeAt(path: string): Route {
    if (!/^\/[a-z0-9][a-z0-9/-]*$/.test(path)) {
      throw new PavedError({
        code: "PVD1025",
        where: `${this.stack.file} exposeAt`,
        source: this.stack.file,
        got: JSON.stringify(path),
        want: "a path of lower-case letters, digits, hyphens and slashes that starts with /",
        fix: `write "/${this.serviceName}"`,
      });
    }
    const route = { path, url: `https://${this.stack.environment.domain}${path}`, service: this.serviceName };
    this.stack.traffic.expose(route);
    return route;
  }

  /**
   * Lets another service call this one. Both sides' network policies follow.
   * @returns the rule
   */
  allowFrom(caller: Caller): TrafficRule {
    const rule = { from: caller.serviceName, to: this.serviceName, port: this.port };
    this.stack.traffic.allow(rule);
    return rule;
  }

  /** Adds a fact to the ConfigMap that the pods read as environment variables. Called by what the API is granted. */
  provide(key: string, value: string): void {
    this.config.set(key, value);
  }

  /** Lets the pods connect to the database subnets. Called by what the API is granted. */
  allowEgress(rule: { readonly to: "intra-subnets"; readonly port: number }): void {
    const { cidr, zones } = this.stack.environment.network;
    this.egress.push({ cidrs: subnetsOf(cidr, zones.length).intra, port: rule.port });
  }

  /** The workload's manifests; complete once every service of the environment has said whom it allows. */
  render(): readonly Manifest[] {
    const facts = this.podFacts();
    const routes = this.stack.traffic.routesOf(this.serviceName);
    return [
      deployment(facts),
      service(facts),
      autoscaler(facts),
      disruptionBudget(facts),
      networkPolicy(facts, this.reach(routes)),
      serviceMonitor(facts),
      ...(facts.secrets.length > 0 ? [externalSecret(facts)] : []),
      ...(routes.length > 0 ? [httpRoute(facts, routes), targetGroupConfiguration(facts)] : []),
    ];
  }

  private identify(): WorkloadIdentity {
    return new WorkloadIdentity(this, "identity", {
      name: this.serviceName,
      namespace: this.namespace.name,
      serviceAccount: this.namespace.serviceAccountName,
    });
  }

  private keepData(): Database | undefined {
    if (this.resolved.database === undefined) return undefined;
    const database = new Database(this, "database", {
      name: this.serviceName,
      size: this.resolved.database.size,
      network: this.stack.network,
      clusterSecurityGroupId: this.stack.cluster.securityGroupId,
    });
    database.grantReadWrite(this);
    return database;
  }

  private podFacts(): PodFacts {
    const { environment, service: metadata, digest } = this.stack;
    const { image, ...rest } = this.resolved;
    return {
      ...rest,
      where: this.node.path,
      service: metadata,
      environment,
      name: this.serviceName,
      image: `${environment.account}.dkr.ecr.${environment.region}.amazonaws.com/${image}@${digest}`,
      // The namespace names its service account after the service; its own property is known to OpenTofu only.
      serviceAccountName: this.serviceName,
      infrastructureConfig: `${this.serviceName}-infrastructure`,
    };
  }

  private reach(routes: readonly Route[]): Reach {
    const { cidr, zones } = this.stack.environment.network;
    return {
      callers: this.stack.traffic.into(this.serviceName),
      callees: this.stack.traffic.outOf(this.serviceName),
      loadBalancer: routes.length > 0 ? subnetsOf(cidr, zones.length).public : [],
      ranges: this.egress,
      internet: this.resolved.internet,
    };
  }
}
