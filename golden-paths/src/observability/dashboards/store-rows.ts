import type { ObservedService } from "../observed";
import type { CloudWatchQuery, Row } from "./panel";

type Ask = (metric: string, statistic: CloudWatchQuery["statistic"], legend: string) => CloudWatchQuery;

function asking(observed: ObservedService, namespace: string, dimensions: CloudWatchQuery["dimensions"]): Ask {
  const { region } = observed.environment;
  return (metric, statistic, legend) => ({ namespace, metric, statistic, dimensions, region, legend });
}

/** How the database is: CPU, connections, what is left of storage and memory, how fast its disk answers. */
export function databaseRow(observed: ObservedService): readonly Row[] {
  if (observed.database === undefined) return [];
  const ask = asking(observed, "AWS/RDS", { DBInstanceIdentifier: observed.database.identifier });
  return [
    {
      title: "Database",
      panels: [
        { title: "Database CPU", unit: "percent", redAbove: 80, queries: [ask("CPUUtilization", "Average", "CPU")] },
        { title: "Connections", unit: "short", queries: [ask("DatabaseConnections", "Maximum", "connections")] },
        {
          title: "Free storage",
          description: "It grows by itself, up to what the environment allows for the size.",
          unit: "bytes",
          queries: [ask("FreeStorageSpace", "Minimum", "free")],
        },
        { title: "Free memory", unit: "bytes", queries: [ask("FreeableMemory", "Minimum", "free")] },
        {
          title: "Disk operations",
          unit: "iops",
          queries: [ask("ReadIOPS", "Average", "read"), ask("WriteIOPS", "Average", "write")],
        },
        {
          title: "Disk latency",
          unit: "s",
          queries: [ask("ReadLatency", "Average", "read"), ask("WriteLatency", "Average", "write")],
        },
      ],
    },
  ];
}

/** How the cache is: CPU of its one thread, memory, hits and misses, evictions, connections. */
export function cacheRow(observed: ObservedService): readonly Row[] {
  if (observed.cache === undefined) return [];
  const { identifier } = observed.cache;
  // ElastiCache numbers the nodes of a replication group, and reports each by its own id.
  const nodes = observed.environment.cache.highlyAvailable ? ["001", "002"] : ["001"];
  const ask = asking(observed, "AWS/ElastiCache", { CacheClusterId: nodes.map((node) => `${identifier}-${node}`) });
  return [
    {
      title: "Cache",
      panels: [
        {
          title: "Cache CPU",
          description: "Of the thread that answers, which is one, however many cores the node has.",
          unit: "percent",
          redAbove: 80,
          queries: [ask("EngineCPUUtilization", "Maximum", "CPU")],
        },
        {
          title: "Cache memory",
          description: "Share of what may be used for data. At 100 % old entries give way.",
          unit: "percent",
          queries: [ask("DatabaseMemoryUsagePercentage", "Maximum", "memory")],
        },
        {
          title: "Hits and misses",
          unit: "short",
          queries: [ask("CacheHits", "Sum", "hits"), ask("CacheMisses", "Sum", "misses")],
        },
        { title: "Evictions", unit: "short", width: 12, queries: [ask("Evictions", "Sum", "evictions")] },
        {
          title: "Cache connections",
          unit: "short",
          width: 12,
          queries: [ask("CurrConnections", "Maximum", "connections")],
        },
      ],
    },
  ];
}

/** What the topic was given, and what it could not deliver. */
export function topicRow(observed: ObservedService): readonly Row[] {
  if (observed.topic === undefined) return [];
  const ask = asking(observed, "AWS/SNS", { TopicName: observed.topic.name });
  return [
    {
      title: "Topic",
      panels: [
        {
          title: "Published",
          unit: "short",
          width: 12,
          queries: [ask("NumberOfMessagesPublished", "Sum", "published")],
        },
        {
          title: "Deliveries",
          unit: "short",
          width: 12,
          queries: [
            ask("NumberOfNotificationsDelivered", "Sum", "delivered"),
            ask("NumberOfNotificationsFailed", "Sum", "failed"),
          ],
        },
      ],
    },
  ];
}
