import {
  didYouMean,
  type Finding,
  hasToken,
  inWords,
  kindOf,
  nearest,
  PavedError,
  shown,
  SIZES,
  valueAt,
} from "@paved/model";
import { z } from "zod";

const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET)_KEY)$/;

/** Collects what is wrong in the input of a golden path, field by field, so that a team sees all of it at once. */
export class InputCheck {
  private readonly findings: Finding[] = [];

  /** @param file the service file, named in the errors */
  constructor(private readonly file: string) {}

  /**
   * Which fields there are, and of what sort: what follows may rely on it. Values are not shown, since any may be a secret
   * in the wrong place.
   * @throws PavedError PVD1025, every field that is of another sort or that nobody reads
   */
  shape(schema: z.ZodObject, props: unknown): void {
    for (const issue of schema.safeParse(props, { error: inWords }).error?.issues ?? []) {
      const path = issue.path.map(String);
      if (issue.code === "unrecognized_keys") {
        for (const key of issue.keys) this.unknown([...path, key], optionsAt(schema, path));
      } else {
        const where = `${this.file} ${shortened(path)}`.trim();
        this.findings.push({
          code: "PVD1025",
          where,
          got: kindOf(valueAt(props, issue.path)),
          want: issue.message,
          fix: "correct it",
        });
      }
    }
    this.throwIfAny();
  }

  private unknown(path: readonly string[], options: readonly string[]): void {
    const where = `${this.file} ${shortened(path)}`;
    const near = nearest(path.at(-1)?.slice(0, 30) ?? "", options);
    const fix = near === undefined ? "remove it: the golden path's page has all options" : `did you mean ${near}?`;
    this.findings.push({
      code: "PVD1025",
      where,
      got: "an option that nobody reads",
      want: "options of the golden path",
      fix,
    });
  }

  /** Notes that a field is wrong: PVD1025. */
  refuse(field: string, got: unknown, want: string, fix: string): void {
    this.findings.push({ code: "PVD1025", where: `${this.file} ${field}`, got: shown(got), want, fix });
  }

  /** A repository without tag or digest, else PVD1003. */
  image(image: unknown): void {
    if (typeof image === "string" && /^[a-z0-9]+([._/-][a-z0-9]+)*$/.test(image)) return;
    const pinned = /^(.+?)[:@]/.exec(String(image))?.[1];
    this.findings.push({
      code: "PVD1003",
      where: `${this.file} image`,
      got: shown(image),
      want: "an image repository without tag or digest: digests come from releases.json, and never move",
      fix: pinned === undefined ? "write a repository such as commerce/orders" : `write ${JSON.stringify(pinned)}`,
    });
  }

  /** One of the sizes, else PVD1017. Undefined passes. */
  size(field: string, size: unknown): void {
    if (size === undefined || SIZES.some((known) => known === size)) return;
    const fix = didYouMean(String(size).slice(0, 20), SIZES);
    const want = `one of ${SIZES.join(", ")}`;
    this.findings.push({ code: "PVD1017", where: `${this.file} ${field}`, got: shown(size), want, fix });
  }

  /** A port that a process which is not root can open. */
  port(port: unknown): void {
    if (this.isWhole(port, 1024, 65_535)) return;
    this.refuse("port", port, "a port from 1024 to 65535", "use 8080");
  }

  /** A whole number within bounds. Undefined passes. */
  number(field: string, value: unknown, min: number, max: number): void {
    if (value === undefined || this.isWhole(value, min, max)) return;
    this.refuse(field, value, `a whole number from ${min} to ${max}`, `leave ${field} out for the default`);
  }

  /** Fewest and most pods; `least` is 0 for what may sleep. */
  scale(field: string, scale: { readonly min: unknown; readonly max: unknown }, least: 0 | 1): void {
    const { min, max } = scale;
    if (this.isWhole(min, least, 1000) && this.isWhole(max, Math.max(1, min as number), 1000)) return;
    const want = `whole numbers, ${least} <= min <= max <= 1000`;
    this.refuse(field, scale, want, "write for example { min: 2, max: 6 }");
  }

  /** CPU and memory as quantities of Kubernetes. */
  resources(field: string, resources: Readonly<Record<string, unknown>>): void {
    const kinds: Record<string, RegExp> = {
      cpu: /^[1-9]\d*m?$/,
      cpuLimit: /^[1-9]\d*m?$/,
      memory: /^[1-9]\d*(Mi|Gi)$/,
    };
    for (const [kind, value] of Object.entries(resources)) {
      if (value === undefined || (typeof value === "string" && kinds[kind]?.test(value))) continue;
      const example = kind === "memory" ? "512Mi" : "250m";
      this.refuse(`${field}.${kind}`, value, `a quantity such as ${example}`, `write "${example}"`);
    }
  }

  /** Settings: upper-case names, literal text, no secrets, and none that the golden path sets itself. */
  config(config: Readonly<Record<string, unknown>>, taken: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(config)) {
      if (!/^[A-Z][A-Z0-9_]*$/.test(name)) {
        const better = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
        this.refuse("config", name, "upper-case letters, digits and underscores", `rename it ${better}`);
      }
      if (SECRET_NAME.test(name)) {
        const secret = name.toLowerCase().replaceAll("_", "-");
        // The value is left out: findings are logged.
        this.refuse(
          "config",
          name,
          "settings that are no secret",
          `write secrets: [${JSON.stringify(secret)}] instead`,
        );
      } else if (typeof value !== "string" || hasToken(value)) {
        const fix = "facts known after apply come from the platform by themselves";
        this.refuse(`config.${name}`, value, "a literal string", fix);
      }
      const instead = Object.entries(taken).find(([known]) => known === name)?.[1];
      if (instead !== undefined) this.refuse("config", name, "a name the golden path does not set itself", instead);
    }
  }

  /** Names of secrets, never their values. */
  secrets(secrets: readonly unknown[]): void {
    for (const name of secrets) {
      if (typeof name === "string" && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)) continue;
      // Cut short, because what stands here may be the secret itself.
      const got = typeof name === "string" ? `${name.slice(0, 4)}…` : kindOf(name);
      this.refuse("secrets", got, "lower-case letters, digits and hyphens", "name the secret, never its value");
    }
  }

  /** Paths of health checks. */
  health(health: Readonly<Record<string, unknown>>): void {
    for (const [field, path] of Object.entries(health)) {
      if (typeof path === "string" && /^\/[\w./-]*$/.test(path)) continue;
      this.refuse(`health.${field}`, path, "a path that starts with /", 'write for example "/healthz"');
    }
  }

  /** @throws PavedError everything that was found */
  throwIfAny(): void {
    if (this.findings.length > 0) throw new PavedError(this.findings);
  }

  private isWhole(value: unknown, min: number, max: number): boolean {
    return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
  }
}

/** Fields that the schema knows at a path. */
function optionsAt(schema: z.ZodObject, path: readonly string[]): readonly string[] {
  let here: unknown = schema;
  for (const key of path) {
    if (here instanceof z.ZodRecord) here = required(here.valueType);
    else here = here instanceof z.ZodObject ? required((here.shape as Record<string, unknown>)[key]) : undefined;
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function required(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? schema.unwrap() : schema;
}

/** A path as an error shows it: it may be made of keys that somebody else chose. */
function shortened(path: readonly string[]): string {
  return path.join(".").slice(0, 100);
}
