import { didYouMean, type EnvironmentName, type Finding, hasToken, PavedError, type Size, SIZES } from "@paved/model";
import type { ServiceStack } from "../service/service-stack";

/** What may differ between environments: how much of it there is, never what it is. */
export interface NodeApiScale {
  /** CPU and memory of each pod; the environment says how much that is. @default "small" */
  readonly size?: Size;
  /** Fewest and most pods. @default - what the environment says */
  readonly replicas?: { readonly min: number; readonly max: number };
  /** Its PostgreSQL database. @default - no database */
  readonly database?: DatabaseRequest;
}

/** A database of its own. */
export interface DatabaseRequest {
  /** Instance and storage; the environment says how much that is. */
  readonly size: Size;
}

/** What a Node.js API asks for. */
export interface NodeApiProps extends NodeApiScale {
  /** Image repository without tag or digest, for example `commerce/orders`. The digest comes from `releases.json`. */
  readonly image: string;
  /** Port the process listens on, 1024 to 65535 (a process that is not root cannot open a lower one). */
  readonly port: number;
  /** Static settings, as environment variables: upper-case names. @default - none */
  readonly config?: Readonly<Record<string, string>>;
  /**
   * Secrets it reads, by name. Each is kept in Secrets Manager as `paved/<environment>/<service>/<name>` and reaches the
   * process as an environment variable: `stripe-api-key` as `STRIPE_API_KEY`. @default - none
   */
  readonly secrets?: readonly string[];
  /** Paths of the health checks. @default { live: "/healthz", ready: "/readyz" } */
  readonly health?: { readonly live: string; readonly ready: string };
  /** Whether it may call addresses on the internet, over HTTPS. @default false */
  readonly internet?: boolean;
  /** Scale in a named environment, over what stands above. A size of the database here needs a database above. @default - none */
  readonly environments?: Readonly<Partial<Record<EnvironmentName, NodeApiScale>>>;
}

/** {@link NodeApiProps} with every default filled in for one environment. */
export interface ResolvedNodeApi {
  readonly image: string;
  readonly port: number;
  readonly size: Size;
  readonly replicas: { readonly min: number; readonly max: number };
  readonly database: DatabaseRequest | undefined;
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly health: { readonly live: string; readonly ready: string };
  readonly internet: boolean;
}

/**
 * Checks what the service file says and fills in the environment's defaults.
 * @throws PavedError PVD1003 an image with tag or digest; PVD1017 an unknown size; PVD1025 any other wrong value, all at once
 */
export function resolveNodeApi(stack: ServiceStack, props: NodeApiProps): ResolvedNodeApi {
  const override = props.environments?.[stack.environment.name] ?? {};
  const resolved: ResolvedNodeApi = {
    image: props.image,
    port: props.port,
    size: override.size ?? props.size ?? "small",
    replicas: override.replicas ?? props.replicas ?? stack.environment.workload.replicas,
    database: override.database ?? props.database,
    config: props.config ?? {},
    secrets: props.secrets ?? [],
    health: props.health ?? { live: "/healthz", ready: "/readyz" },
    internet: props.internet ?? false,
  };
  const findings = [
    ...imageFindings(stack, resolved),
    ...sizeFindings(stack, resolved),
    ...valueFindings(stack, props, resolved),
  ];
  if (findings.length > 0) throw new PavedError(findings);
  return resolved;
}

function shown(value: unknown): string {
  return hasToken(value) ? "a value only known after apply" : (JSON.stringify(value) ?? "nothing");
}

function imageFindings(stack: ServiceStack, { image }: ResolvedNodeApi): Finding[] {
  const where = `${stack.file} image`;
  if (typeof image === "string" && /^[a-z0-9]+([._/-][a-z0-9]+)*$/.test(image)) return [];
  const pinned = /^(.+?)[:@]/.exec(String(image))?.[1];
  return [
    {
      code: "PVD1003",
      where,
      got: shown(image),
      want: "an image repository without tag or digest: digests come from releases.json, and never move",
      fix: pinned === undefined ? "write a repository such as commerce/orders" : `write ${JSON.stringify(pinned)}`,
    },
  ];
}

function sizeFindings(stack: ServiceStack, resolved: ResolvedNodeApi): Finding[] {
  const asked = {
    size: resolved.size,
    ...(resolved.database === undefined ? {} : { "database.size": resolved.database.size }),
  };
  return Object.entries(asked)
    .filter(([, size]) => !SIZES.includes(size))
    .map(([field, size]) => ({
      code: "PVD1017",
      where: `${stack.file} ${field}`,
      got: shown(size),
      want: `one of ${SIZES.join(", ")}`,
      fix: didYouMean(String(size), SIZES),
    }));
}

function valueFindings(stack: ServiceStack, props: NodeApiProps, resolved: ResolvedNodeApi): Finding[] {
  const findings: Finding[] = [];
  const refuse = (field: string, got: unknown, want: string, fix: string) =>
    findings.push({ code: "PVD1025", where: `${stack.file} ${field}`, got: shown(got), want, fix });
  const { port, replicas, config, secrets, health } = resolved;
  if (!Number.isInteger(port) || port < 1024 || port > 65_535)
    refuse("port", port, "a port from 1024 to 65535", "use 8080");
  const whole = Number.isInteger(replicas.min) && Number.isInteger(replicas.max);
  if (!whole || replicas.min < 1 || replicas.max < replicas.min || replicas.max > 1000) {
    refuse("replicas", replicas, "whole numbers, 1 <= min <= max <= 1000", "write for example { min: 2, max: 6 }");
  }
  for (const [name, value] of Object.entries(config)) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name))
      refuse(
        "config",
        name,
        "upper-case letters, digits and underscores",
        `rename it ${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}`,
      );
    if (/(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET)_KEY)$/.test(name)) {
      const secret = name.toLowerCase().replaceAll("_", "-");
      // The value is left out: findings are logged.
      refuse("config", name, "settings that are no secret", `write secrets: [${JSON.stringify(secret)}] instead`);
    } else if (typeof value !== "string" || hasToken(value))
      refuse(
        `config.${name}`,
        value,
        "a literal string",
        "facts known after apply come from the platform by themselves",
      );
    if (name === "PORT" || name === "NODE_ENV")
      refuse(
        "config",
        name,
        "a name the golden path does not set itself",
        name === "PORT" ? "set port instead" : "remove it",
      );
  }
  for (const name of secrets) {
    if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name))
      // Cut short, because what stands here may be the secret itself.
      refuse(
        "secrets",
        `${String(name).slice(0, 4)}…`,
        "lower-case letters, digits and hyphens",
        "name the secret, never its value",
      );
  }
  for (const [field, path] of Object.entries(health)) {
    if (!/^\/[\w./-]*$/.test(path))
      refuse(`health.${field}`, path, "a path that starts with /", 'write for example "/healthz"');
  }
  for (const environment of Object.keys(props.environments ?? {})) {
    if (props.environments?.[environment as EnvironmentName]?.database !== undefined && props.database === undefined) {
      refuse(
        `environments.${environment}.database`,
        props.environments[environment as EnvironmentName]?.database,
        "a database in every environment or in none",
        "add database at the top as well",
      );
    }
  }
  return findings;
}
