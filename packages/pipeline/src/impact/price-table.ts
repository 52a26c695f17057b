/**
 * List prices of AWS in US dollars, by hand: US East (N. Virginia), on demand, June 2026. Other regions are up to a fifth
 * dearer, and contracts cheaper: good for telling more from less, never for a budget.
 */
export const PRICES = {
  date: "2026-06",
  region: "US East (N. Virginia)",
  /** An hour of an instance or node, by its class. */
  hourly: {
    "cache.m7g.2xlarge": 0.5056,
    "cache.m7g.large": 0.1264,
    "cache.m7g.xlarge": 0.2528,
    "cache.t4g.medium": 0.052,
    "cache.t4g.micro": 0.0128,
    "cache.t4g.small": 0.0256,
    "db.m7g.2xlarge": 0.674,
    "db.m7g.large": 0.168,
    "db.m7g.xlarge": 0.337,
    "db.t4g.large": 0.129,
    "db.t4g.medium": 0.065,
    "db.t4g.small": 0.032,
    "m7g.2xlarge": 0.3264,
    "m7g.large": 0.0816,
    "m7g.xlarge": 0.1632,
    "t4g.large": 0.0672,
    "t4g.medium": 0.0336,
  } as Readonly<Record<string, number>>,
  /** An hour of an EKS cluster on standard support. */
  clusterHour: 0.1,
  /** An hour of a NAT gateway, without what goes through. */
  natGatewayHour: 0.045,
  /** An hour of an interface endpoint in one zone. */
  endpointHour: 0.01,
  /** An hour of a public IPv4 address. */
  publicAddressHour: 0.005,
  /** A month of a GiB of a database's gp3 storage. */
  databaseGibMonth: 0.115,
  keyMonth: 1,
  secretMonth: 0.4,
  zoneMonth: 0.5,
} as const;

/** Hours that AWS counts a month as. */
export const HOURS_A_MONTH = 730;
