import type { BlockSchema } from "../../schema/model";
import { completeBlock } from "../../plan/complete";
import type { ProviderPlace } from "../../serve/place";
import type { ObjectStore } from "../../store/object-store";
import { UNKNOWN, type Value, type ValueObject } from "../../values/value";
import { availabilityZones, callerIdentity, partition, region } from "./account";
import { dbInstance } from "./db-instance";
import { type DataBehaviour, Query } from "./define";
import { eksCluster } from "./eks-cluster";
import { elasticacheReplicationGroup } from "./elasticache-replication-group";
import { kmsKey } from "./kms-key";
import { lookUpApplied } from "./lookup";
import { policyDocument } from "./policy-document";
import { route53Zone } from "./route53-zone";
import { s3Bucket } from "./s3-bucket";
import { snsTopic } from "./sns-topic";
import { sqsQueue } from "./sqs-queue";
import { ssmParameter } from "./ssm-parameter";

const BEHAVIOURS = new Map<string, DataBehaviour>(
  [
    availabilityZones,
    callerIdentity,
    dbInstance,
    eksCluster,
    elasticacheReplicationGroup,
    kmsKey,
    partition,
    policyDocument,
    region,
    route53Zone,
    s3Bucket,
    snsTopic,
    sqsQueue,
    ssmParameter,
  ].map((one) => [one.type, one]),
);

/** A data source to read. */
export interface DataRequest {
  readonly type: string;
  readonly block: BlockSchema;
  readonly config: ValueObject;
  readonly place: ProviderPlace;
  readonly store: ObjectStore;
}

/** Data sources whose behaviour is written down. */
export function knownDataSources(): string[] {
  return [...BEHAVIOURS.keys()];
}

/** Reads a data source. @throws Refusal when there is nothing to read */
export function readDataSource({ type, block, config, place, store }: DataRequest): Value {
  const hasRegion = block.attributes.some(({ name }) => name === "region");
  const query = new Query(type, config, place.of(hasRegion, config), () => store.all(), block);
  const found = (BEHAVIOURS.get(type)?.read ?? lookUpApplied)(query);
  const known = hasRegion ? { region: query.place.region, ...found } : found;
  return completeBlock(block, withOpenAnswers(block, config), known, () => null);
}

/** What the configuration leaves to the data source is unknown until it is completed. */
function withOpenAnswers(block: BlockSchema, config: ValueObject): ValueObject {
  const open: ValueObject = { ...config };
  for (const { name, computed } of block.attributes)
    if (computed && (config[name] ?? null) === null) open[name] = UNKNOWN;
  return open;
}
