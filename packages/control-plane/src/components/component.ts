import type { ComponentName } from "./names";
import type { Credentials } from "../certificates/credentials";
import type { Ports } from "../ports";
import type { Programs } from "../programs/ensure";
import type { EnvironmentFolder } from "../site";

/** What components are made from. */
export interface Setting {
  readonly folder: EnvironmentFolder;
  readonly programs: Programs;
  readonly ports: Ports;
  readonly credentials: Credentials;
}

/** A program with all that it is started with. */
export interface Component {
  readonly name: ComponentName;
  /** Absolute path of its binary. */
  readonly binary: string;
  readonly arguments: readonly string[];
  /** Ports that have to be free before it starts. */
  readonly ports: readonly number[];
  /** Where it says whether it works. */
  readonly health: HealthCheck;
}

/** A question to a component that is answered by 200 when it works. */
export interface HealthCheck {
  /** For example `https://127.0.0.1:40123/readyz`. */
  readonly url: string;
  /** File with the authority that it is held against. */
  readonly authority: string;
  /** Files of who asks. @default - anybody may */
  readonly client?: { readonly certificate: string; readonly key: string };
}

/** `--name=value` of each, in order. */
export function flags(values: Readonly<Record<string, string | number | boolean>>): readonly string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}
