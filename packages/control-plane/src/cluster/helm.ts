import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import type { HelmReleaseName } from "@paved/model";
import { runProcess } from "@paved/python";
import { stopAllIn } from "../processes/component-process";

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

  /** Where Helm works when it changes a release: whatever works there is about that one, whoever started it. */
  placeOf({ namespace, name }: HelmReleaseName): string {
    return path.join(placesIn(this.props.home), encodeURIComponent(`${namespace}/${name}`));
  }

  /** Stops what a run that was killed has left at work on a release. Helm, told to stop, takes back what it has begun. */
  async stopOn(release: HelmReleaseName): Promise<void> {
    await stopAllIn(this.placeOf(release));
  }

  /**
   * Changes a release.
   * @param signal stops it
   * @returns what it writes to its standard output
   * @throws HelmFailure, and the reason of the signal once it has ended
   */
  run(release: HelmReleaseName, args: readonly string[], signal?: AbortSignal): Promise<string> {
    return this.call(this.placeOf(release), release, args, signal);
  }

  /** Looks at a release; nobody who changes it stops that. @throws HelmFailure */
  look(release: HelmReleaseName, args: readonly string[]): Promise<string> {
    return this.call(this.props.home, release, args);
  }

  private async call(directory: string, { namespace }: HelmReleaseName, args: readonly string[], signal?: AbortSignal) {
    const { binary, home, kubeconfig, context } = this.props;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const cluster = [`--kubeconfig=${kubeconfig}`, `--kube-context=${context}`, `--namespace=${namespace}`];
    const { code, stdout, stderr } = await runProcess({
      program: binary,
      arguments: [...cluster, ...args],
      directory,
      environment: { HOME: home, HELM_CONFIG_HOME: home, HELM_CACHE_HOME: home, HELM_DATA_HOME: home },
      signal,
    });
    if (code === 0) return stdout;
    throw new HelmFailure(reasonIn(stderr) ?? `helm ended with ${code}`);
  }
}

/** Stops every Helm that changes a release, whoever started it. @param home as in {@link HelmProps} */
export async function stopHelm(home: string): Promise<void> {
  const places = placesIn(home);
  if (!existsSync(places)) return;
  await Promise.all(readdirSync(places).map((place) => stopAllIn(path.join(places, place))));
}

function placesIn(home: string): string {
  return path.join(home, "releases");
}

/** Its error is the last that it says, of one line or several; warnings come before. */
function reasonIn(stderr: string): string | undefined {
  const [, ...errors] = `\n${stderr}`.split("\nError: ");
  return errors.at(-1)?.trim().replaceAll(/\s+/g, " ");
}
