import { PavedError } from "@paved/model";
import {
  Bucket,
  bucketContract,
  Cache,
  cacheContract,
  contractId,
  contractLedger,
  Database,
  databaseContract,
  Queue,
  queueContract,
  Topic,
  topicContract,
  userLine,
} from "@paved/modules";
import { callerName } from "../input/caller-name";
import { claimsLedger } from "../service/claims";
import type { Caller } from "../service/define-service";
import type { ServiceStack } from "../service/service-stack";
import type { Route } from "../service/traffic";
import { checkSubscription, type SubscriptionOptions } from "./subscription";
import type { WorkloadParts } from "./workload-parts";

/** Characters of what a route matches at most (Gateway API, HTTPPathMatch and GRPCMethodMatch). */
export const LONGEST_MATCH = 1024;

/**
 * Lets the environment's gateway through to the service at a path of a host, see `exposeAt` of the golden paths.
 * @param said what the service file says, where it is not the path itself
 */
export function expose(stack: ServiceStack, host: string, path: string, said = path): Route {
  const service = stack.service.name;
  const route = { path, url: `https://${host}${path}`, service };
  stack.traffic.expose(route);
  const instead = said === path ? `/${service}` : undefined;
  claimsLedger(stack).claim({ said: "exposeAt", value: said, meaning: route.url, service, instead });
  return route;
}

/**
 * Lets the workload publish to the topic of another service.
 * @throws PavedError PVD1025 when it is given no service
 */
export function publishTo(stack: ServiceStack, parts: WorkloadParts, owner: Caller): void {
  const name = ask(stack, "publishTo", owner, TOPIC);
  Topic.fromName(stack, name).grantPublish(parts);
}

/**
 * Lets the workload put messages into the queue of another service.
 * @throws PavedError PVD1025 when it is given no service
 */
export function sendTo(stack: ServiceStack, parts: WorkloadParts, owner: Caller): void {
  const name = ask(stack, "sendTo", owner, QUEUE);
  Queue.fromName(stack, name).grantSend(parts);
}

/**
 * Lets the workload read the database of another service.
 * @throws PavedError PVD1025 when it is given no service
 */
export function readFrom(stack: ServiceStack, parts: WorkloadParts, owner: Caller): void {
  const name = ask(stack, "readFrom", owner, DATABASE);
  Database.fromName(stack, name).grantReadOnly(parts);
}

/**
 * Lets the workload read and list what is in the bucket of another service.
 * @throws PavedError PVD1025 when it is given no service
 */
export function readBucketOf(stack: ServiceStack, parts: WorkloadParts, owner: Caller): void {
  const name = ask(stack, "readBucketOf", owner, BUCKET);
  Bucket.fromName(stack, name).grantRead(parts);
}

/**
 * Lets the workload read, write and delete what is in the bucket of another service.
 * @throws PavedError PVD1025 when it is given no service
 */
export function writeBucketOf(stack: ServiceStack, parts: WorkloadParts, owner: Caller): void {
  const name = ask(stack, "writeBucketOf", owner, BUCKET);
  Bucket.fromName(stack, name).grantReadWrite(parts);
}

/**
 * Lets the workload use the cache of another service.
 * @throws PavedError PVD1025 when it is given no service
 */
export function useCacheOf(stack: ServiceStack, parts: WorkloadParts, owner: Caller): void {
  const name = ask(stack, "useCacheOf", owner, CACHE);
  Cache.fromName(stack, name).grantUse(parts);
}

/** What a service may have for others, the contract by which they find it, and the option that makes it. */
interface Shared {
  readonly what: string;
  readonly contract: (name: string) => Parameters<typeof contractId>[0];
  readonly option: string;
}

const TOPIC: Shared = { what: "topic", contract: topicContract, option: "topic: true" };
const QUEUE: Shared = { what: "queue", contract: queueContract, option: "queue: {}" };
const DATABASE: Shared = { what: "database", contract: databaseContract, option: 'database: { size: "small" }' };
const BUCKET: Shared = { what: "bucket", contract: bucketContract, option: "bucket: true" };
const CACHE: Shared = { what: "cache", contract: cacheContract, option: 'cache: { size: "small" }' };

/**
 * What is said when the other service has no such thing: PVD1011, at the line that asks for it.
 * @returns the other service's name
 */
function ask(stack: ServiceStack, verb: string, owner: Caller, { what, contract, option }: Shared): string {
  const serviceName = callerName(stack.file, verb, owner);
  contractLedger(stack).explain(stack, contractId(contract(serviceName)), {
    where: `${stack.file} ${verb}`,
    source: userLine(),
    got: `${serviceName}, which has no ${what}`,
    want: "a service that has one",
    fix: `add ${option} in stacks/services/${serviceName}.ts`,
  });
  return serviceName;
}

/**
 * Has the events of another service delivered into the workload's queue.
 * @throws PavedError PVD1025 when it has no queue, is given no service or one that it subscribed to, or the filter is none that
 * SNS takes
 */
export function subscribeTo(
  stack: ServiceStack,
  parts: WorkloadParts,
  publisher: Caller,
  options: SubscriptionOptions = {},
): void {
  const name = callerName(stack.file, "subscribeTo", publisher);
  if (parts.queue === undefined) {
    throw new PavedError({
      code: "PVD1025",
      where: `${stack.file} subscribeTo`,
      got: `a subscription to ${name} without a queue`,
      want: "a queue that events are delivered into, so that none is lost while no pod runs",
      fix: "add queue: {}",
    });
  }
  checkSubscription(options, stack.file);
  if (parts.queue.node.tryFindChild(`subscription-${name}`) !== undefined) {
    throw new PavedError({
      code: "PVD1025",
      where: `${stack.file} subscribeTo`,
      got: `a second subscription to ${name}`,
      want: "one for each topic",
      fix: "say in one which events it is for: only takes several values",
    });
  }
  ask(stack, "subscribeTo", publisher, TOPIC);
  parts.queue.subscribeTo(Topic.fromName(stack, name), options.only);
}
