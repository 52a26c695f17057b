import type { StateAccess } from "../state-server/open";
import type { Mode } from "../workspace/workspace";

/** What one call of OpenTofu is given besides its arguments. */
export interface EngineSettings {
  readonly mode: Mode;
  /** Where OpenTofu keeps what init found. */
  readonly dataDirectory: string;
  /** An empty directory that stands in for the user's home in the sandbox. */
  readonly home: string;
  /** An empty file that stands in for the user's CLI configuration in the sandbox. */
  readonly cliConfiguration: string;
  /** How to reach the sandbox's providers. @default - none */
  readonly reattach?: string;
  /** How to reach the sandbox's S3 and KMS. @default - states are local files, or in the cloud */
  readonly stateAccess?: StateAccess;
}

/** Variables that swap providers, keys or the state itself, or hand the engine arguments such as `-lock=false`. */
const TURNS_ASIDE = /^TF_(CLI_ARGS|ENCRYPTION|REATTACH_PROVIDERS|WORKSPACE)/;

/**
 * The environment of one call of OpenTofu. In the sandbox it is minimal: nothing of `TF_*`, `AWS_*` or the user's
 * configuration reaches it. With `--live` the user's environment is kept, except what would turn the engine aside.
 */
export function engineEnvironment(settings: EngineSettings, user: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const always = {
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_DATA_DIR: settings.dataDirectory,
  };
  if (settings.mode === "live") {
    const inherited = Object.entries(user).filter(([name]) => !TURNS_ASIDE.test(name));
    return { ...Object.fromEntries(inherited), ...always };
  }
  return {
    PATH: user["PATH"],
    ...(user["TMPDIR"] === undefined ? {} : { TMPDIR: user["TMPDIR"] }),
    HOME: settings.home,
    TF_CLI_CONFIG_FILE: settings.cliConfiguration,
    // Its calls are short, and many: a seventh of their time is collecting garbage of what they end with anyway.
    GOGC: "400",
    ...(settings.reattach === undefined ? {} : { TF_REATTACH_PROVIDERS: settings.reattach }),
    ...settings.stateAccess,
    ...always,
  };
}
