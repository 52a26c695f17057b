import { mkdirSync } from "node:fs";
import { runProcess } from "@paved/python";

/** Which Helm, and what it is used on. */
export interface HelmProps {
  /** Absolute path of the program. */
  readonly binary: string;
  /** Folder of its own, for what it keeps; nobody but its owner may look into it. */
  readonly home: string;
  /** File with the way into the cluster. */
  readonly kubeconfig: string;
  /** Which context of it. */
  readonly context: string;
}

/** What Helm did not do. The message is in its own words, on one line. */
export class HelmFailure extends Error {
  override readonly name = "HelmFailure";
}

/** Helm as a program, on one cluster. Settings, plugins and repositories of whoever runs this are not seen by it. */
export class Helm {
  constructor(private readonly props: HelmProps) {}

  /** Folder of its own. */
  get home(): string {
    return this.props.home;
  }

  /**
   * @param namespace which it is about
   * @param signal stops it
   * @returns what it writes to its standard output
   * @throws HelmFailure, and the reason of the signal once it has ended
   */
  async run(namespace: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
    const { binary, home, kubeconfig, context } = this.props;
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const cluster = [`--kubeconfig=${kubeconfig}`, `--kube-context=${context}`, `--namespace=${namespace}`];
    const { code, stdout, stderr } = await runProcess({
      program: binary,
      arguments: [...cluster, ...args],
      directory: home,
      environment: { HOME: home, HELM_CONFIG_HOME: home, HELM_CACHE_HOME: home, HELM_DATA_HOME: home },
      signal,
    });
    if (code === 0) return stdout;
    throw new HelmFailure(reasonIn(stderr) ?? `helm ended with ${code}`);
  }
}

/** Its error is the last that it says, of one line or several; warnings come before. */
function reasonIn(stderr: string): string | undefined {
  const [, ...errors] = `\n${stderr}`.split("\nError: ");
  return errors.at(-1)?.trim().replaceAll(/\s+/g, " ");
}
