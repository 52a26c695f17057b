import { type Attributes, typeOf } from "../difference/root-document";
import type { ElementDifference } from "../difference/stack-difference";
import { HOURS_A_MONTH, PRICES } from "./price-table";

/** What a change does to the part of the bill that runs by the hour or month, in US dollars a month. */
export interface CostChange {
  readonly address: string;
  /** @default - it was not there, or is billed by use */
  readonly before?: number;
  /** @default - it is not there, or is billed by use */
  readonly after?: number;
}

type Price = (attributes: Attributes) => number | undefined;

const number = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);
const first = (value: unknown): Attributes => (Array.isArray(value) ? value[0] : value) as Attributes;
const hours = (hourly: number | undefined): number | undefined =>
  hourly === undefined ? undefined : hourly * HOURS_A_MONTH;
const classOf = (value: unknown): number | undefined => hours(PRICES.hourly[String(value)]);

const database: Price = (it) => {
  const instance = classOf(it["instance_class"]);
  if (instance === undefined) return undefined;
  const copies = it["multi_az"] === true ? 2 : 1;
  const secret = it["manage_master_user_password"] === true ? PRICES.secretMonth : 0;
  return copies * (instance + number(it["allocated_storage"], 0) * PRICES.databaseGibMonth) + secret;
};

const nodes: Price = (it) => {
  const [type] = (it["instance_types"] as readonly unknown[] | undefined) ?? [];
  const each = classOf(type);
  return each === undefined ? undefined : each * number(first(it["scaling_config"])?.["min_size"], 1);
};

const cache: Price = (it) => {
  const node = classOf(it["node_type"]);
  return node === undefined ? undefined : node * number(it["num_cache_clusters"], 1);
};

const endpoint: Price = (it) => {
  if (it["vpc_endpoint_type"] !== "Interface") return undefined;
  const zones = (it["subnet_ids"] as readonly unknown[] | undefined)?.length ?? 1;
  return hours(PRICES.endpointHour * zones);
};

/** How the types that are billed by the hour or month are priced; the others are billed by use, or not at all. */
const BY_TYPE: Readonly<Record<string, Price>> = {
  aws_db_instance: database,
  aws_eip: () => hours(PRICES.publicAddressHour),
  aws_eks_cluster: () => hours(PRICES.clusterHour),
  aws_eks_node_group: nodes,
  aws_elasticache_replication_group: cache,
  aws_kms_key: () => PRICES.keyMonth,
  aws_nat_gateway: () => hours(PRICES.natGatewayHour),
  aws_route53_zone: () => PRICES.zoneMonth,
  aws_secretsmanager_secret: () => PRICES.secretMonth,
  aws_vpc_endpoint: endpoint,
};

/** Dollars a month of one resource. @returns nothing for what is billed by use, or has no price in the table */
export function monthlyPrice(address: string, attributes: Attributes): number | undefined {
  return BY_TYPE[typeOf(address)]?.(attributes);
}

/** What changes in the bill, by address, the largest difference first. What costs the same is left out. */
export function costChanges(elements: readonly ElementDifference[]): readonly CostChange[] {
  return elements
    .flatMap(({ address, before, after }): CostChange[] => {
      const [was, is] = [before, after].map((each) => (each === undefined ? undefined : monthlyPrice(address, each)));
      return was === is
        ? []
        : [{ address, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
    })
    .toSorted((a, b) => Math.abs(differenceOf(b)) - Math.abs(differenceOf(a)));
}

/** Dollars a month more, or less when negative. */
export function differenceOf({ before = 0, after = 0 }: CostChange): number {
  return after - before;
}
