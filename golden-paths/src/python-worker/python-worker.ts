import { recordGoldenPath, recordOrigin } from "@paved/modules";
import { Construct } from "constructs";
import { type GoldenPath, goldenPathId } from "../golden-path";
import { freeId } from "../input/construct-id";
import { podMonitor } from "../manifests/access";
import { disruptionBudget } from "../manifests/availability";
import { cronJob } from "../manifests/cron-job";
import { deployment } from "../manifests/deployment";
import type { Manifest } from "../manifests/manifest";
import { networkPolicy } from "../manifests/network-policy";
import type { PodFacts } from "../manifests/pod-facts";
import { queueScaler } from "../manifests/scaled-object";
import type { ObservedService } from "../observability/observed";
import type { Caller } from "../service/define-service";
import type { CatalogFacts, ServiceStack, Workload } from "../service/service-stack";
import { publishTo, readBucketOf, readFrom, sendTo, subscribeTo, useCacheOf, writeBucketOf } from "../workload/intents";
import type { SubscriptionOptions } from "../workload/subscription";
import { WorkloadParts } from "../workload/workload-parts";
import { type PythonWorkerProps, type ResolvedPythonWorker, resolvePythonWorker, pythonWorkerShape } from "./props";

export type { PythonWorkerProps } from "./props";

/** Nobody waits for it. */
const FINISH_SECONDS = 30;

/**
 * The paved road for work that nobody waits for: a queue with dead letters, pods by the length of the queue, no way in but
 * for Prometheus, and time to finish the message in hand before a pod ends. With a schedule, a job instead.
 *
 * ```ts
 * const fulfilment = new PythonWorker(service, "worker", { image: "commerce/fulfilment" });
 * fulfilment.subscribeTo(orders);
 * ```
 *
 * Cost: a share of the cluster's nodes while there is work, queue requests by number, a key monthly, and what else it asks
 * for.
 *
 * @throws PavedError PVD1003, PVD1006, PVD1007, PVD1014, PVD1017 and PVD1025 for what the service file says
 */
export class PythonWorker extends Construct implements Caller, Workload {
  readonly goldenPath = goldenPathId(pythonWorker);
  readonly needsImage = true;
  readonly kind: "worker" | "job";
  readonly serviceName: string;
  /** What it is put together from: namespace, repository, identity and stores. */
  readonly parts: WorkloadParts;
  /** What its dashboard, alerts and objectives are made from. */
  readonly observed: ObservedService;
  private readonly resolved: ResolvedPythonWorker;

  constructor(
    private readonly stack: ServiceStack,
    id: string,
    props: PythonWorkerProps,
  ) {
    super(stack, freeId(stack, id));
    recordOrigin(this);
    recordGoldenPath(this, this.goldenPath);
    this.resolved = resolvePythonWorker(stack, props);
    this.kind = this.resolved.schedule === undefined ? "worker" : "job";
    this.serviceName = stack.service.name;
    stack.join(this);
    this.parts = new WorkloadParts(this, stack, this.resolved);
    this.observed = this.observe();
  }

  /** Lets it publish to the topic of another service, which it finds by `<NAME>_TOPIC_ARN`. */
  publishTo(owner: Caller): void {
    publishTo(this.stack, this.parts, owner);
  }

  /**
   * Has the events of another service delivered into its queue: all, or those with the attributes that `only` says.
   * @throws PavedError PVD1025 when it has no queue, since it runs by a schedule, or the filter is none that SNS takes
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
    return { url: this.parts.url, resources: this.parts.resources };
  }

  /** The workload's manifests; complete once every service of the environment has said whom it allows. */
  render(): readonly Manifest[] {
    const facts = this.podFacts();
    return this.parts.delivered(facts, this.manifests(facts), this.observed);
  }

  private manifests(facts: PodFacts): readonly Manifest[] {
    const { schedule } = this.resolved;
    const reach = networkPolicy(facts, this.parts.reach());
    if (schedule !== undefined) return [cronJob(facts, schedule), reach, podMonitor(facts)];
    return [deployment(facts), ...this.scaler(facts), disruptionBudget(facts), reach, podMonitor(facts)];
  }

  private scaler(facts: PodFacts): readonly Manifest[] {
    const { queue } = this.parts;
    if (queue === undefined) return [];
    const { scale, messagesPerPod } = this.resolved;
    return [queueScaler(facts, { ...scale, messagesPerPod, queueUrl: queue.reference.url })];
  }

  private observe(): ObservedService {
    const { schedule } = this.resolved;
    return this.parts.observed({
      kind: this.kind,
      goldenPath: this.goldenPath,
      timeoutMinutes: schedule?.timeoutMinutes,
    });
  }

  private podFacts(): PodFacts {
    const { port, health, schedule } = this.resolved;
    return this.parts.podFacts({
      metricsPort: { name: "metrics", number: port },
      variables: { PORT: String(port), PYTHONUNBUFFERED: "1" },
      probes:
        schedule === undefined
          ? {
              live: { httpGet: { path: health.live, port: "metrics" } },
              ready: { httpGet: { path: health.ready, port: "metrics" } },
            }
          : undefined,
      ...(schedule === undefined
        ? this.parts.ending(0, FINISH_SECONDS)
        : { drainSeconds: 0, graceSeconds: FINISH_SECONDS }),
    });
  }
}

/** The golden path as all that derives from the registry reads it. */
export const pythonWorker: GoldenPath<PythonWorkerProps> = {
  name: "python-worker",
  version: 1,
  title: "Python worker",
  summary: "Takes messages from a queue, scaled by its length down to none; or runs at set times.",
  example: "stacks/services/fulfilment.ts",
  Construct: PythonWorker,
  shape: pythonWorkerShape,
};
