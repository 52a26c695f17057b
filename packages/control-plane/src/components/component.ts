import type { ComponentName, DeliveryComponentName } from "./names";
import type { Credentials } from "../certificates/credentials";
import type { Ports } from "../ports";
import type { Programs } from "../programs/ensure";
import type { EnvironmentFolder } from "../site";

/** What components are made from. */
export interface Setting {
  readonly folder: EnvironmentFolder;
  readonly programs: Omit<Programs, DeliveryComponentName>;
  readonly ports: Ports;
  readonly credentials: Credentials;
}

/** A program with all that it is started with. */
export interface Component {
  readonly name: ComponentName;
  /** Absolute path of its binary. */
  readonly binary: string;
  readonly arguments: readonly string[];
  /** Variables that it is started with. @default - none but those that every component has */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder with programs that it starts, looked into before the PATH. @default - none */
  readonly programs?: string;
  /** Ports that have to be free before it starts. */
  readonly ports: readonly number[];
  /** Where it says whether it works. */
  readonly health: HealthCheck;
}

/** How a component is asked whether it works. */
export type HealthCheck = WebHealth | WordHealth;

/** A question by HTTP that is answered by 200 when it works. */
export interface WebHealth {
  /** For example `https://127.0.0.1:40123/readyz`. */
  readonly url: string;
  /** File with the authority that it is held against. @default - the address is none of TLS */
  readonly authority?: string;
  /** Files of who asks. @default - anybody may */
  readonly client?: { readonly certificate: string; readonly key: string };
}

/** Some bytes to a port on 127.0.0.1, in a protocol of its own, and how the answer looks when it works. */
export interface WordHealth {
  readonly port: number;
  readonly ask: string;
  readonly answer: RegExp;
}

/** `--name=value` of each, in order. */
export function flags(values: Readonly<Record<string, string | number | boolean>>): readonly string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}
