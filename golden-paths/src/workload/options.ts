import type { EnvironmentName, Size } from "@paved/model";
import type { MessageHandling } from "@paved/modules";
import type { Customize } from "../deviation/customize";
import type { ObjectiveOptions } from "../observability/observed";
import type { PodResources } from "../manifests/pod-facts";

/** Something the environment has in three sizes. */
export interface SizedRequest {
  /** Small, medium or large; the environment says how much that is. */
  readonly size: Size;
}

/** Fewest and most pods. */
export interface ScaleBounds {
  readonly min: number;
  readonly max: number;
}

/** What may differ between environments: how much of it there is and where it leaves its golden path, never what it is. */
export interface WorkloadScale {
  /** CPU and memory of each pod; the environment says how much that is. @default "small" */
  readonly size?: Size;
  /** CPU and memory in place of what the size means, as Kubernetes quantities: `{ memory: "3Gi" }`. @default - what the size means */
  readonly resources?: Partial<PodResources>;
  /** Fewest and most pods. @default - what the environment says */
  readonly scale?: ScaleBounds;
  /** Its PostgreSQL database. @default - no database */
  readonly database?: SizedRequest;
  /** Its Valkey cache. @default - no cache */
  readonly cache?: SizedRequest;
  /** Changes of single manifests, each with the terms it is allowed on. @default - none */
  readonly customize?: Customize;
}

/** What every golden path with pods may ask for. */
export interface WorkloadOptions extends WorkloadScale {
  /** Image repository of its own, without tag or digest, for example `commerce/orders`. The digest comes from `releases.json`. */
  readonly image: string;
  /** Static settings, as environment variables: upper-case names. @default - none */
  readonly config?: Readonly<Record<string, string>>;
  /**
   * Secrets of its own, by name. Each gets a place in Secrets Manager, `paved/<environment>/<service>/<name>`, which its team
   * puts the value into, and reaches the process as an environment variable: `stripe-api-key` as `STRIPE_API_KEY`. @default - none
   */
  readonly secrets?: readonly string[];
  /** Whether it may call addresses on the internet, over HTTPS. @default false */
  readonly internet?: boolean;
  /** A private bucket it reads and writes, found by `BUCKET_NAME`. @default false */
  readonly bucket?: boolean;
  /** A topic that it publishes its events to and others subscribe to, found by `<SERVICE>_TOPIC_ARN`. @default false */
  readonly topic?: boolean;
  /**
   * A queue of its own with dead letters, found by `QUEUE_URL`. A message may be hidden for at most 850 seconds, since pods
   * finish the one in hand before they end, and a node that is replaced waits 15 minutes for them. @default - no queue
   */
  readonly queue?: MessageHandling;
  /** What it promises over 30 days: `{ availability: 99.9, latencyMs: 250 }`. @default - availability by tier: 99.9, 99.5 or 99 percent */
  readonly objectives?: ObjectiveOptions;
  /**
   * What differs in a named environment, over what stands above: of `customize`, manifest by manifest. A size of a database
   * or cache here needs one above. @default - nothing
   */
  readonly environments?: Readonly<Partial<Record<EnvironmentName, WorkloadScale>>>;
}
