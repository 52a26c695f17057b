import { z } from "zod";
import { shown, valueAt } from "./shown";
import { day } from "./day";
import { DELIVERER_TITLES, DELIVERERS } from "./deliverer";
import { ENVIRONMENT_NAMES } from "./environment-names";
import { inWords } from "./errors/in-words";
import { Findings } from "./errors/paved-error";
import { onCallSchema, platformSecret, unreachable } from "./on-call";
import { SIZES } from "./sizes";
import { didYouMean } from "./suggest";
import { syncWindowSchema } from "./sync-window";

const teamName = z.string().regex(/^[a-z][a-z0-9-]*$/, "a team name: lower-case letters, digits and hyphens");
const quantity = (unit: RegExp, example: string) => z.string().regex(unit, `a quantity such as ${example}`);
const cpu = quantity(/^[1-9]\d*m?$/, "250m");
const memory = quantity(/^[1-9]\d*(Mi|Gi)$/, "256Mi");
/** Retention periods CloudWatch Logs accepts, in days (API reference, PutRetentionPolicy). */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const logRetention = z
  .int()
  .refine(
    (days) => LOG_RETENTION_DAYS.includes(days),
    `days that CloudWatch Logs accepts: ${LOG_RETENTION_DAYS.join(", ")}`,
  );

const httpsUrl = z.url({ protocol: /^https$/, error: "an https address" });
/** Ranges that nobody has on the internet (RFC 1918), each no larger than a whole network of ours. */
const privateRange = z
  .cidrv4("an IPv4 range such as 10.250.0.0/20")
  .refine(
    (range) => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(range) && Number(range.split("/")[1]) >= 16,
    "a range of private addresses, a /16 or smaller",
  );

const databaseSize = z
  .strictObject({
    /** RDS instance class, for example `db.t4g.small`. */
    instanceClass: z.string().regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an RDS instance class such as db.t4g.small"),
    /** Storage at creation, in GiB. */
    storageGiB: z.int().min(20).max(65_536),
    /** Storage it may grow to by itself, in GiB. */
    maxStorageGiB: z.int().min(20).max(65_536),
  })
  .refine((size) => size.maxStorageGiB >= size.storageGiB, { path: ["maxStorageGiB"], message: "at least storageGiB" });

const cacheSize = z.strictObject({
  /** ElastiCache node type, for example `cache.t4g.small`. */
  nodeType: z.string().regex(/^cache\.[a-z0-9]+\.[a-z0-9]+$/, "an ElastiCache node type such as cache.t4g.small"),
});

const workloadSize = z.strictObject({
  /** CPU each pod is promised. */
  cpu,
  /** Memory each pod is promised, and may not exceed. */
  memory,
  /** CPU each pod may use when there is some to spare. */
  cpuLimit: cpu,
});

const sizes = <T extends z.ZodType>(size: T) =>
  z.strictObject({ small: size, medium: size, large: size } satisfies Record<(typeof SIZES)[number], T>);

/** Everything that differs between environments, as data. Golden paths are handed it; none looks it up. */
export const environmentSchema = z.strictObject({
  name: z.enum(ENVIRONMENT_NAMES),
  /** AWS account id; one account an environment. */
  account: z.string().regex(/^\d{12}$/, "twelve digits"),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region such as eu-west-1"),
  /** DNS name under which routes of this environment are reached. */
  domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a DNS name such as dev.example.com"),
  network: z.strictObject({
    /** IPv4 range of the VPC. */
    cidr: z.cidrv4("an IPv4 range such as 10.10.0.0/16"),
    /** Availability zones, all in the region; at least two (EKS and RDS need two). */
    zones: z
      .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, "a zone such as eu-west-1a"))
      .min(2)
      .max(6),
    /** One NAT gateway for all zones (cheap) or one a zone (no shared fate). */
    natGateways: z.enum(["one", "per-zone"]),
    flowLogRetentionDays: logRetention,
  }),
  cluster: z.strictObject({
    /** Kubernetes minor version. */
    version: z.string().regex(/^1\.\d{2}$/, "a Kubernetes minor version such as 1.36"),
    nodes: z
      .strictObject({
        instanceTypes: z.array(z.string().regex(/^[a-z0-9-]+\.[a-z0-9]+$/, "an EC2 type such as m7g.large")).min(1),
        min: z.int().min(1),
        max: z.int().min(1).max(450),
        /** Root volume of each node, in GiB. */
        diskGiB: z.int().min(20).max(1000),
      })
      .refine((nodes) => nodes.max >= nodes.min, { path: ["max"], message: "at least min" }),
    logRetentionDays: logRetention,
    api: z.strictObject({
      /** IPv4 ranges from which the cluster's private endpoint is reached: the pipeline's runner, and the people's VPN. */
      from: z.array(privateRange).min(1, "a range, or nothing could ever be applied"),
    }),
  }),
  database: z.strictObject({
    sizes: sizes(databaseSize),
    /** A standby in a second zone, taken over automatically. */
    highlyAvailable: z.boolean(),
    /** Days that backups and point-in-time recovery reach back. */
    backupRetentionDays: z.int().min(1).max(35),
  }),
  cache: z.strictObject({
    sizes: sizes(cacheSize),
    /** A replica in a second zone, promoted automatically. */
    highlyAvailable: z.boolean(),
    /** Days that daily snapshots are kept. */
    snapshotRetentionDays: z.int().min(1).max(35),
  }),
  workload: z.strictObject({
    sizes: sizes(workloadSize),
    /** Pods of a service when it does not say: never fewer, never more. */
    replicas: z
      .strictObject({ min: z.int().min(1), max: z.int().min(1) })
      .refine((replicas) => replicas.max >= replicas.min, { path: ["max"], message: "at least min" }),
  }),
  /** IAM role of each owning team's people, by team: as it they look at their services, and set their secrets. */
  teams: z.record(
    teamName,
    z
      .string()
      .regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, "an IAM role such as arn:aws:iam::111111111111:role/commerce"),
  ),
  /** Ceiling for each service's namespace. */
  quota: z.strictObject({ cpu, memory, pods: z.int().min(1) }),
  /** When true, stateful resources refuse to be destroyed, by OpenTofu and by AWS. */
  protected: z.boolean(),
  /**
   * Whose it is and the day on which it is to be gone, for an environment that is made for a while: no change is promoted
   * through it, and it is never protected. `false` for one that lasts.
   */
  ephemeral: z.union(
    [
      z.literal(false),
      z.strictObject({
        /** The team that asked for it, and answers for its cost. */
        owner: teamName,
        /** The day on which it is to be gone, as `YYYY-MM-DD`; `paved environments --expired` fails from then on. */
        expires: day("a day such as 2026-12-05"),
      }),
    ],
    "false, or an owner and the day on which it expires",
  ),
  /** What delivers, and where it finds that, rendered: the repository's folder `gitops/<environment>`. */
  delivery: z.strictObject({
    /** What delivers from there. @default "argo-cd" */
    by: z.enum(DELIVERERS).optional(),
    repository: z.url({ protocol: /^https$/, error: "an https address of a Git repository" }),
    /** Branch that the pipeline writes rendered manifests to. */
    revision: z.string().regex(/^[\w][\w./-]*$/, "a branch"),
    /**
     * Secret of Secrets Manager, below `paved/<environment>/`, with `username` and `password` (a token that reads the
     * repository and nothing else) as JSON. No service has it: none is called `platform`.
     */
    credentials: z
      .string()
      .regex(/^platform\/[a-z0-9]+(-[a-z0-9]+)*$/, "a secret of the platform's such as platform/delivery"),
    /** When Argo CD syncs it without anybody asking for it; Flux knows no such hours. @default - at any time */
    syncWindow: syncWindowSchema.optional(),
  }),
  /** Whose workflows may act on the account; GitHub says by OpenID Connect which one asks. */
  pipeline: z.strictObject({
    /** Repository on GitHub, as `<owner>/<name>`. */
    repository: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*\/[\w.-]+$/, "a repository such as example/paved"),
    /** Branch that what is merged goes to, and is applied from. */
    branch: z.string().regex(/^\w[\w./-]*$/, "a branch such as main"),
  }),
  /** Who says who somebody is, by OpenID Connect; Grafana knows nobody by itself. */
  signIn: z.strictObject({
    /** The provider. Its `/.well-known/openid-configuration` has the three addresses below. */
    issuer: httpsUrl,
    authorizationUrl: httpsUrl,
    tokenUrl: httpsUrl,
    userInfoUrl: httpsUrl,
    /** What the provider knows Grafana as, which it sends people back to at `/login/generic_oauth`. */
    clientId: z.string().regex(/^[\w.:-]+$/, "a client id"),
    /** Secret that proves to the provider that it is Grafana who asks. */
    clientSecret: platformSecret,
  }),
  /** Where alerts go. */
  onCall: onCallSchema,
  /** Approvals that an apply needs. */
  approvals: z.int().min(0).max(5),
  /** Who may agree that a service leaves its golden path; none of them owns a service. */
  approvers: z.strictObject({
    /** In whatever it leaves: they answer for security. */
    anyRule: z.array(teamName).min(1, "one or more, or nothing could be agreed to"),
    /** In promises, and in rules that are not critical. */
    uncriticalRules: z.array(teamName),
  }),
  /** Where the state of each stack is kept: one object a stack, locked, encrypted. */
  state: z.strictObject({
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "an S3 bucket name"),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region such as eu-west-1"),
    /** KMS alias of the key that encrypts the state objects. */
    kmsKeyAlias: z.string().regex(/^alias\/[\w/-]+$/, "a KMS alias such as alias/paved-state"),
  }),
});

/** An environment that has been checked, see {@link environmentSchema}. */
export type Environment = z.infer<typeof environmentSchema>;

/** Roles are of the environment's own account, and one for each team: EKS lets a role in once. */
function checkTeams({ teams, account }: Environment, file: string, findings: Findings): void {
  const owners = new Map<string, string>();
  for (const [team, role] of Object.entries(teams)) {
    const refuse = (want: string, fix: string) =>
      findings.add({ code: "PVD1002", where: `${file} teams.${team}`, got: shown(role), want, fix });
    const other = owners.get(role);
    if (!role.startsWith(`arn:aws:iam::${account}:`))
      refuse(`a role of account ${account}`, "name that account's role");
    if (other !== undefined) refuse(`a role of its own, since ${other} has that one`, "give each team a role");
    owners.set(role, team);
  }
}

/** Nobody agrees to what his own team does, and nothing changes what is protected before somebody agreed. */
function checkAgreement({ teams, approvers, approvals, ...rest }: Environment, file: string, findings: Findings): void {
  const owning = [...approvers.anyRule, ...approvers.uncriticalRules].filter((team) => Object.hasOwn(teams, team));
  for (const team of owning) {
    findings.add({
      code: "PVD1002",
      where: `${file} approvers`,
      got: JSON.stringify(team),
      want: "a team that owns no service, and so asks for no deviation",
      fix: "leave it out",
    });
  }
  if (rest.protected && approvals < 1) {
    findings.add({
      code: "PVD1002",
      where: `${file} approvals`,
      got: String(approvals),
      want: "1 or more where data is protected",
      fix: "say how many have to agree to an apply",
    });
  }
}

/** Flux applies what Git says whenever that changes, and a window that it does not keep to would promise what does not hold. */
function checkDelivery({ delivery }: Environment, file: string, findings: Findings): void {
  if (delivery.by !== "flux" || delivery.syncWindow === undefined) return;
  findings.add({
    code: "PVD1002",
    where: `${file} delivery.syncWindow`,
    got: `a window, with ${DELIVERER_TITLES.flux}, which has none`,
    want: `no window, or ${DELIVERER_TITLES["argo-cd"]}`,
    fix: 'leave delivery.syncWindow out, or say delivery.by: "argo-cd"',
  });
}

/** What is to be thrown away holds nothing that has to outlive mistakes, and somebody answers for it. */
function checkEphemeral(environment: Environment, file: string, findings: Findings): void {
  const { ephemeral, teams, approvers } = environment;
  if (ephemeral === false) return;
  if (environment.protected) {
    findings.add({
      code: "PVD1002",
      where: `${file} protected`,
      got: "true, in an ephemeral environment",
      want: "false where everything is thrown away on a day",
      fix: "leave it unprotected, or make it an environment that lasts: ephemeral: false",
    });
  }
  const known = [...new Set([...Object.keys(teams), ...approvers.anyRule, ...approvers.uncriticalRules])];
  if (!known.includes(ephemeral.owner)) {
    findings.add({
      code: "PVD1002",
      where: `${file} ephemeral.owner`,
      got: JSON.stringify(ephemeral.owner),
      want: `a team of the environment: ${known.toSorted().join(", ")}`,
      fix: didYouMean(ephemeral.owner, known),
    });
  }
}

/**
 * Checks environment data against the schema, and what no single field can say: zones lie in the region, each team has a role
 * of its own in the account, who agrees to deviations owns no service, a protected environment wants an approval, and the
 * platform's on-call rotation has a receiver, Flux is given no window, and what is ephemeral is unprotected and has an owner.
 *
 * @param file the file it stands in, named in the errors
 * @throws PavedError PVD1002, one finding a wrong field, and PVD1036, all at once
 */
export function parseEnvironment(data: unknown, file: string): Environment {
  const findings = new Findings();
  const parsed = environmentSchema.safeParse(data, { error: inWords });
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path.map(String).join(".") || "environment";
    findings.add({
      code: "PVD1002",
      where: `${file} ${field}`,
      got: shown(valueAt(data, issue.path)),
      want: issue.message,
      fix: `correct ${field} in ${file}`,
    });
  }
  findings.throwIfAny();
  const environment = parsed.data as Environment;
  for (const zone of environment.network.zones.filter((zone) => !zone.startsWith(environment.region))) {
    findings.add({
      code: "PVD1002",
      where: `${file} network.zones`,
      got: JSON.stringify(zone),
      want: `a zone of ${environment.region}`,
      fix: `use ${environment.region}a, or change region`,
    });
  }
  checkTeams(environment, file, findings);
  checkAgreement(environment, file, findings);
  checkEphemeral(environment, file, findings);
  checkDelivery(environment, file, findings);
  const { platform } = environment.onCall;
  const where = `${file} onCall.platform`;
  for (const finding of unreachable(environment, { rotation: platform, where })) findings.add(finding);
  findings.throwIfAny();
  return environment;
}
