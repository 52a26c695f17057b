import type { Contract } from "./contract";

/** What the network stack tells: where things may be placed. */
export const networkContract = {
  name: "network",
  version: 1,
  fields: {
    vpcId: "string",
    vpcCidr: "string",
    publicSubnetIds: "string[]",
    privateSubnetIds: "string[]",
    /** Subnets without a way out, for databases. */
    intraSubnetIds: "string[]",
  },
} as const satisfies Contract<Record<string, "string" | "string[]">>;

/** What the cluster stack tells: which cluster, and what its pods are seen as from outside. */
export const clusterContract = {
  name: "cluster",
  version: 1,
  fields: {
    name: "string",
    /** Security group of nodes and pods. */
    securityGroupId: "string",
  },
} as const satisfies Contract<Record<string, "string" | "string[]">>;

/** What the platform stack tells: names of what services attach to. */
export const platformContract = {
  name: "platform",
  version: 1,
  fields: {
    /** Namespace of what delivers: of Argo CD, or of Flux where that does. */
    argoCdNamespace: "string",
    /** Bucket that access logs are written to. */
    accessLogsBucket: "string",
    /** Namespace of what makes the users of databases. */
    databaseAccessNamespace: "string",
  },
} as const satisfies Contract<Record<string, "string" | "string[]">>;

/** What the network stack tells of names: where records of the environment's domain are kept. */
export const dnsContract = {
  name: "dns",
  version: 1,
  fields: { zoneId: "string" },
} as const satisfies Contract<Record<string, "string" | "string[]">>;
