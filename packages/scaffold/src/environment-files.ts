import { tidy } from "./tidy";

/** What a new environment is, as it was answered. */
export interface EnvironmentAnswers {
  readonly name: string;
  /** AWS account id. */
  readonly account: string;
  /** The environment that it is like in all that is not said here. */
  readonly like: string;
  readonly region: string;
  /** IPv4 range of its network. */
  readonly cidr: string;
  readonly domain: string;
  /** IPv4 ranges from which the cluster's endpoint is reached, its own network first. */
  readonly apiFrom: readonly string[];
  /** Whether it is in the region of the one that it is like. */
  readonly isInSameRegion: boolean;
  /** Whose it is, and the day on which it is to be gone, as `YYYY-MM-DD`. @default - it lasts */
  readonly ephemeral?: { readonly owner: string; readonly expires: string };
}

/** The file that lists the environments, in the platform's repository. */
export const ENVIRONMENT_LIST = "packages/model/src/environment-names.ts";

/**
 * The data file of a new environment: what differs from the one that it is like, so that a review sees that and nothing
 * else. An ephemeral one is as small as the platform makes them, whatever it is like.
 */
export async function environmentFile(answers: EnvironmentAnswers): Promise<string> {
  const { name, account, like, region, domain, ephemeral } = answers;
  const isSmall = ephemeral !== undefined;
  return tidy(
    `${name}.ts`,
    `import type { Environment } from "@paved/model";
import { ${like} } from "./${like}";
import { signInAs } from "./sign-in";
${isSmall ? 'import { cacheSizes, databaseSizes } from "./sizes";\n' : ""}import { teamRoles } from "./teams";

/** ${summaryOf(answers)} */
export const ${name} = {
  ...${like},
  name: ${literal(name)},
  account: ${literal(account)},
${answers.isInSameRegion ? "" : `  region: ${literal(region)},\n`}  domain: ${literal(domain)},
  network: { ...${like}.network, ${networkOf(answers).join(", ")} },
  cluster: {
    ...${like}.cluster,
${isSmall ? `    nodes: { ...${like}.cluster.nodes, min: 2, max: 4 },\n` : ""}    // The runner, in a private subnet of this network, and the VPN.
    api: { from: [${answers.apiFrom.map(literal).join(", ")}] },
  },
${isSmall ? SMALL + briefly(like) : ""}  teams: teamRoles(${literal(account)}),
${ephemeral === undefined ? "" : thrownAway(ephemeral)}  signIn: signInAs(${literal(`grafana-${name}`)}),
  state: { bucket: ${literal(`paved-state-${account}`)}, region: ${literal(region)}, kmsKeyAlias: "alias/paved-state" },
} satisfies Environment;
`,
  );
}

/** Stores of one zone on the smallest machines there are, backed up as briefly as guard-rails permit. */
const SMALL = `  database: { sizes: databaseSizes("t4g"), highlyAvailable: false, backupRetentionDays: 7 },
  cache: { sizes: cacheSizes("t4g"), highlyAvailable: false, snapshotRetentionDays: 1 },
`;

/** Few pods, and what is delivered is synced at any time. */
const briefly = (like: string): string => `  workload: { ...${like}.workload, replicas: { min: 1, max: 3 } },
  delivery: { ...${like}.delivery, syncWindow: undefined },
`;

function thrownAway({ owner, expires }: NonNullable<EnvironmentAnswers["ephemeral"]>): string {
  return `  protected: false,
  approvals: 0,
  ephemeral: { owner: ${literal(owner)}, expires: ${literal(expires)} },
`;
}

function networkOf({ cidr, region, isInSameRegion, ephemeral }: EnvironmentAnswers): readonly string[] {
  const zones = ["a", "b", "c"].map((zone) => literal(`${region}${zone}`));
  return [
    `cidr: ${literal(cidr)}`,
    ...(isInSameRegion ? [] : [`zones: [${zones.join(", ")}]`]),
    ...(ephemeral === undefined ? [] : ['natGateways: "one"']),
  ];
}

function summaryOf({ like, ephemeral }: EnvironmentAnswers): string {
  if (ephemeral === undefined) return `As ${like}, in an account of its own.`;
  return `As ${like} and as small as can be, for ${ephemeral.owner} until ${ephemeral.expires}.`;
}

function literal(text: string): string {
  return JSON.stringify(text);
}

const LIST = /(?<=^export const ENVIRONMENT_NAMES = \[)[^\]]*(?=\] as const;$)/m;

/**
 * The list with one more name.
 * @param text of {@link ENVIRONMENT_LIST}
 * @param after the name that it follows
 */
export function listWith(text: string, name: string, after: string): Promise<string> {
  return relisted(text, (names) => names.flatMap((each) => (each === after ? [each, name] : [each])));
}

/** The list without a name. */
export function listWithout(text: string, name: string): Promise<string> {
  return relisted(text, (names) => names.filter((each) => each !== name));
}

function relisted(text: string, change: (names: readonly string[]) => readonly string[]): Promise<string> {
  const names = [...(LIST.exec(text)?.[0] ?? "").matchAll(/"([a-z0-9]+)"/g)].map(([, name]) => name!);
  return tidy(
    ENVIRONMENT_LIST,
    text.replace(LIST, () => change(names).map(literal).join(", ")),
  );
}
