import { createHash } from "node:crypto";
import {
  Bucket,
  Cache,
  Database,
  DatabaseAdministrator,
  databaseUsers,
  EncryptionKey,
  type Grantee,
  ImageRepository,
  InfrastructureConfig,
  Namespace,
  Queue,
  Secret,
  subnetsOf,
  Topic,
  variableOf,
  WorkloadIdentity,
} from "@paved/modules";
import { registryHost } from "@paved/model";
import type { Construct } from "constructs";
import { externalSecret, externalSecretName } from "../manifests/access";
import { certificate } from "../manifests/certificate";
import { customized, kindOf } from "../deviation/customize";
import type { CatalogResource } from "../catalog/catalog-service";
import { databaseAuthorityMap } from "../manifests/database-authority";
import { databaseUsersJob } from "../manifests/database-users";
import type { Manifest } from "../manifests/manifest";
import type { Reach } from "../manifests/network-policy";
import type { PodFacts } from "../manifests/pod-facts";
import { alertRules } from "../observability/alert-rules";
import { dashboard } from "../observability/dashboard";
import { objectives } from "../observability/objective";
import type { ObservedService } from "../observability/observed";
import { claimsLedger } from "../service/claims";
import type { ServiceStack } from "../service/service-stack";
import { type Ending, ending } from "./ending";
import type { ResolvedWorkload } from "./resolve";

/** What only the golden path knows of what is observed. */
export type ObservedFacts = Pick<ObservedService, "kind" | "goldenPath" | "unmeasuredRoutes" | "timeoutMinutes">;

/** What only the golden path knows of its pods. */
export type OwnFacts = Pick<
  PodFacts,
  "port" | "healthPort" | "metricsPort" | "probes" | "graceSeconds" | "drainSeconds" | "variables"
>;

/** Stands for the digest of an image that is not released yet, in manifests that are checked and written nowhere. */
const NO_DIGEST = `sha256:${"0".repeat(64)}`;

/** Has OpenTelemetry's libraries name metrics as their stable conventions do, which dashboards and alerts read. */
const STABLE_METRICS = { OTEL_SEMCONV_STABILITY_OPT_IN: "http,rpc" };

/**
 * The parts that every golden path with pods is put together from: namespace, image repository, identity, settings, and
 * the stores it asked for, each granted to the workload. They stand in the golden path's own construct, so that their
 * addresses begin with its id.
 */
export class WorkloadParts implements Grantee {
  readonly namespace: Namespace;
  readonly repository: ImageRepository;
  readonly identity: WorkloadIdentity;
  /** @default - it asked for none */
  readonly database: Database | undefined;
  /** @default - it asked for none */
  readonly cache: Cache | undefined;
  /** @default - it asked for none */
  readonly bucket: Bucket | undefined;
  /** @default - it asked for none */
  readonly topic: Topic | undefined;
  /** @default - it asked for none */
  readonly queue: Queue | undefined;
  /** Its own, in the order it named them. */
  readonly secrets: readonly Secret[];
  private readonly config: InfrastructureConfig;
  private signsIn = false;
  /** What customized manifests came to, known once they are rendered. */
  private readonly changed = new Map<string, readonly string[]>();
  private readonly egress = new Map<number, { readonly cidrs: readonly string[]; readonly port: number }>();

  constructor(
    private readonly scope: Construct,
    private readonly stack: ServiceStack,
    private readonly resolved: ResolvedWorkload,
  ) {
    const { name, owner } = stack.service;
    claimsLedger(stack).claim({
      said: "image",
      value: resolved.image,
      meaning: `${stack.environment.name} ${resolved.image}`,
      service: name,
      instead: `${owner}/${name}`,
    });
    // Bound before there is an account, by names alone: a pod is given credentials when it is made, or never.
    this.identity = new WorkloadIdentity(scope, "identity", { name, namespace: name, serviceAccount: name });
    this.namespace = new Namespace(scope, "namespace", {
      service: stack.service,
      accountAfter: [this.identity.association],
    });
    this.repository = new ImageRepository(scope, "repository", { name: resolved.image, readers: stack.imageReaders });
    this.config = new InfrastructureConfig(scope, "config", {
      name: `${name}-infrastructure`,
      namespace: this.namespace.name,
    });
    this.config.set("AWS_REGION", stack.environment.region);
    this.database = this.keepData();
    this.cache = this.keepCache();
    this.bucket = this.keepObjects();
    this.topic = this.publishEvents();
    this.queue = this.takeMessages();
    this.secrets = this.keepSecrets();
    this.noteDeviations();
  }

  provide(key: string, value: string): void {
    this.config.set(key, value);
  }

  allowEgress(rule: { readonly to: "intra-subnets"; readonly port: number }): void {
    const { cidr, zones } = this.stack.environment.network;
    this.egress.set(rule.port, { cidrs: subnetsOf(cidr, zones.length).intra, port: rule.port });
  }

  trustDatabases(): void {
    this.signsIn = true;
  }

  /** Whether it was granted a database, of its own or of another service. */
  get trustsDatabases(): boolean {
    return this.signsIn;
  }

  /**
   * The facts that manifests are made from.
   * @param mutualTls whether it asks its callers for certificates; it has one as well when those it calls ask for theirs
   */
  podFacts(own: OwnFacts, mutualTls = false): PodFacts {
    const { environment, service, digest = NO_DIGEST, traffic } = this.stack;
    const { image, resources, config } = this.resolved;
    return {
      ...own,
      where: this.scope.node.path,
      service,
      environment,
      name: service.name,
      image: `${registryHost(environment)}/${image}@${digest}`,
      resources,
      // The namespace names its service account after the service; its own property is known to OpenTofu only.
      serviceAccountName: service.name,
      infrastructureConfig: `${service.name}-infrastructure`,
      settings: this.settings(),
      variables: { ...STABLE_METRICS, ...traffic.variablesFor(service.name), ...own.variables, ...config },
      secrets: this.secrets.map(({ name, path }) => ({ variable: variableOf(name), path })),
      trustsDatabases: this.signsIn,
      certified: mutualTls || traffic.outOf(service.name).some((rule) => rule.mutualTls === true),
    };
  }

  /**
   * How a pod ends, so that nothing is lost; complete once it was said where it is exposed.
   * @param drainSeconds see {@link EndingFacts}
   * @param finishSeconds see {@link EndingFacts}
   */
  ending(drainSeconds: number, finishSeconds: number): Ending {
    const visibilitySeconds = this.queue?.handling.visibilitySeconds;
    return ending({ exposed: this.url !== undefined, drainSeconds, finishSeconds, visibilitySeconds });
  }

  /** What the pods may reach and be reached by; complete once every service of the environment has said what it allows. */
  reach(): Reach {
    const { environment, service, traffic } = this.stack;
    const { cidr, zones } = environment.network;
    const exposed = traffic.routesOf(service.name).length > 0;
    return {
      callers: traffic.into(service.name),
      callees: traffic.outOf(service.name),
      loadBalancer: exposed ? subnetsOf(cidr, zones.length).public : [],
      ranges: [...this.egress.values()].toSorted((a, b) => a.port - b.port),
      internet: this.resolved.internet,
    };
  }

  /**
   * What dashboards, alerts and objectives are made from.
   * @throws PavedError PVD1025 for objectives that cannot be kept or measured
   */
  observed(own: ObservedFacts): ObservedService {
    const { environment, service } = this.stack;
    const { database, cache, queue, topic, scope, resolved } = this;
    const observed: ObservedService = {
      ...own,
      where: scope.node.path,
      service,
      environment,
      name: service.name,
      objectives: resolved.objectives,
      ...(database === undefined ? {} : { database: { identifier: database.identifier } }),
      ...(cache === undefined ? {} : { cache: { identifier: cache.identifier } }),
      ...(topic === undefined ? {} : { topic: { name: topic.name } }),
      ...(queue === undefined
        ? {}
        : {
            queue: {
              name: queue.reference.name,
              deadLetterName: queue.deadLetters.name,
              visibilitySeconds: queue.handling.visibilitySeconds,
            },
          }),
    };
    objectives(observed);
    return observed;
  }

  /** What AWS runs for the workload, by the names that AWS knows it by. */
  get resources(): readonly CatalogResource[] {
    const { database, cache, bucket, queue, topic, resolved } = this;
    const named = {
      bucket: bucket?.literalName,
      cache: cache?.identifier,
      database: database?.identifier,
      "image-repository": resolved.image,
      queue: queue?.reference.name,
      topic: topic?.name,
    } as const;
    const stores = (Object.keys(named) as (keyof typeof named)[]).flatMap((type) => {
      const name = named[type];
      return name === undefined ? [] : [{ type, name }];
    });
    return [...stores, ...this.secrets.map(({ path }) => ({ type: "secret", name: path }) as const)];
  }

  /** Address that the workload is reached at from outside. @default - it is not exposed */
  get url(): string | undefined {
    return this.stack.traffic.routesOf(this.stack.service.name)[0]?.url;
  }

  /** All that is delivered: the golden path's manifests with what `customize` changes, and what every one has besides. */
  delivered(facts: PodFacts, manifests: readonly Manifest[], observed: ObservedService): readonly Manifest[] {
    const context = {
      where: this.scope.node.path,
      file: this.stack.file,
      changed: (subject: string, values: readonly string[]) => this.changed.set(subject, values),
    };
    return [
      ...customized(manifests, this.resolved.customize, context),
      ...(facts.certified ? [certificate(facts)] : []),
      ...(facts.secrets.length > 0 ? [externalSecret(facts)] : []),
      ...(facts.trustsDatabases ? [databaseAuthorityMap(facts)] : []),
      ...this.databaseUsers(),
      dashboard(observed),
      alertRules(facts.secrets.length > 0 ? { ...observed, externalSecret: externalSecretName(facts) } : observed),
    ];
  }

  private settings(): string {
    const known = [...this.config.known, ...this.secrets.map(({ path }) => path).toSorted()];
    return createHash("sha256").update(known.join("\n")).digest("hex").slice(0, 10);
  }

  private databaseUsers(): readonly Manifest[] {
    if (this.database === undefined) return [];
    const { environment, service } = this.stack;
    return databaseUsersJob({
      where: this.scope.node.path,
      environment,
      service,
      databaseName: this.database.databaseName,
      users: databaseUsers(this.scope, service.name),
    });
  }

  private noteDeviations(): void {
    for (const [child, deviation] of Object.entries(this.resolved.customize)) {
      if (deviation === undefined) continue;
      const kind = kindOf(child as keyof typeof this.resolved.customize);
      const subject = `${kind}/${this.stack.service.name}`;
      this.stack.deviates(deviation.terms, subject, () => this.changed.get(subject) ?? []);
    }
  }

  private keepData(): Database | undefined {
    if (this.resolved.database === undefined) return undefined;
    const database = new Database(this.scope, "database", { ...this.place(), size: this.resolved.database.size });
    database.grantReadWrite(this);
    new DatabaseAdministrator(this.scope, "database-administrator", {
      name: this.stack.service.name,
      database,
      namespace: this.stack.platform.databaseAccessNamespace,
    });
    return database;
  }

  private keepCache(): Cache | undefined {
    if (this.resolved.cache === undefined) return undefined;
    const cache = new Cache(this.scope, "cache", { ...this.place(), size: this.resolved.cache.size });
    cache.grantUse(this);
    return cache;
  }

  private place() {
    const { service, network, cluster } = this.stack;
    return { name: service.name, network, clusterSecurityGroupId: cluster.securityGroupId };
  }

  private keepObjects(): Bucket | undefined {
    if (!this.resolved.bucket) return undefined;
    const { service, platform } = this.stack;
    const bucket = new Bucket(this.scope, "bucket", {
      name: service.name,
      accessLogsBucket: platform.accessLogsBucket,
    });
    bucket.grantReadWrite(this);
    return bucket;
  }

  private publishEvents(): Topic | undefined {
    if (!this.resolved.topic) return undefined;
    const topic = new Topic(this.scope, "topic", { name: this.stack.service.name });
    topic.grantPublish(this);
    return topic;
  }

  private keepSecrets(): readonly Secret[] {
    const { service, ownerRoleArn: writerArn } = this.stack;
    if (this.resolved.secrets.length === 0) return [];
    const key = new EncryptionKey(this.scope, "secrets-key", {
      description: `Secrets of ${service.name}`,
      alias: `secrets-${service.name}`,
      users: [{ roleArn: writerArn, through: "secretsmanager" }],
    });
    return this.resolved.secrets.map(
      (name) => new Secret(this.scope, `secret-${name}`, { service: service.name, name, key, writerArn }),
    );
  }

  private takeMessages(): Queue | undefined {
    if (this.resolved.queue === undefined) return undefined;
    const queue = new Queue(this.scope, "queue", { ...this.resolved.queue, name: this.stack.service.name });
    queue.grantConsume(this);
    queue.grantSend(this);
    return queue;
  }
}
