import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { HelmRelease, HelmReleaseName, WantedHelmRelease } from "@paved/model";
import type { ApiClient } from "../api/api-client";
import { type Helm, HelmFailure } from "./helm";

/** Helm's no, or that of the API server by it, in its own words. */
export class ReleaseRefusal extends Error {
  override readonly name = "ReleaseRefusal";

  constructor(
    readonly release: HelmReleaseName,
    message: string,
  ) {
    super(message);
  }
}

/** What releases are made with. */
export interface HelmReleasesProps {
  readonly helm: Helm;
  /** Asks the same API server, and says whether it still answers. */
  readonly client: ApiClient;
  /** Absolute folder with a folder for each chart. */
  readonly charts: string;
  /** Values as the cluster takes them. @default - as they are given */
  readonly valuesFor?: (values: string) => string;
}

const REMOVED_WITHIN = "300s";
const NOT_THERE = /release: not found$/;
/** A release that was being installed, or removed, when Helm was killed; it upgrades neither. */
const UNFINISHED: readonly string[] = ["pending-install", "uninstalling"];
/** A revision that was installed with all that it has. */
const WHOLE: readonly string[] = ["deployed", "superseded"];

/** Where Helm has what is read of a release; a line each. */
const READ = {
  revision: ".Version",
  status: ".Info.Status",
  firstDeployed: ".Info.FirstDeployed.Unix",
  lastDeployed: ".Info.LastDeployed.Unix",
  chart: ".Chart.Metadata.Name",
  version: ".Chart.Metadata.Version",
  appVersion: ".Chart.Metadata.AppVersion",
} as const satisfies Record<Exclude<keyof HelmRelease, keyof HelmReleaseName>, string>;

/**
 * Helm releases of the repository's own charts, as OpenTofu's Helm provider asks for them; Helm itself makes them.
 * @throws ReleaseRefusal from everything that is asked for, and what the client says of an API server that stopped answering
 */
export class HelmReleases {
  constructor(private readonly props: HelmReleasesProps) {}

  /** @returns undefined when there is no such release */
  async read(release: HelmReleaseName): Promise<HelmRelease | undefined> {
    const template = Object.values(READ).map((field) => `{{.Release${field}}}`);
    const args = ["get", "all", `--template=${template.join("\n")}`, "--", release.name];
    const said = await this.ifThere(() => this.look(release, args));
    return said === undefined ? undefined : { name: release.name, namespace: release.namespace, ...described(said) };
  }

  /**
   * Installs a release, or upgrades it to be so, and waits until it is ready; one that does not get ready is taken back.
   * Objects that are there already become the release's, and go with it.
   * @param signal ends the wait, which throws what it was aborted with; Helm takes back what it has begun
   */
  async write(release: WantedHelmRelease, signal?: AbortSignal): Promise<HelmRelease> {
    const chart = this.chartOf(release);
    await this.endUnfinished(release, signal);
    try {
      const args = [
        "upgrade",
        "--install",
        "--atomic",
        "--cleanup-on-fail",
        "--wait",
        `--timeout=${release.timeoutSeconds}s`,
        `--history-max=${release.maxHistory}`,
        "--take-ownership",
        ...this.writeValues(release).map((file) => `--values=${file}`),
        "--",
        release.name,
        chart,
      ];
      await this.run(release, args, signal);
    } finally {
      this.removeValues(release);
    }
    return (await this.read(release)) ?? this.refuse(release, "it was removed as soon as it was there");
  }

  /**
   * Removes a release, and waits until all that it made is gone; one that is not there is gone already.
   * @param signal ends the wait, which throws what it was aborted with
   */
  async remove(release: HelmReleaseName, signal?: AbortSignal): Promise<void> {
    await this.props.helm.stopOn(release);
    const args = ["uninstall", "--wait", `--timeout=${REMOVED_WITHIN}`, "--", release.name];
    await this.ifThere(() => this.run(release, args, signal));
  }

  /** What a run that was killed has left is ended, by the Helm that is still at it where there is one. */
  private async endUnfinished(release: HelmReleaseName, signal: AbortSignal | undefined): Promise<void> {
    await this.props.helm.stopOn(release);
    const { status = "" } = (await this.read(release)) ?? {};
    if (UNFINISHED.includes(status)) await this.remove(release, signal);
    else if (status.startsWith("pending-")) await this.rollBack(release, signal);
  }

  /** To the last revision that was whole: without one, Helm takes that before the last, which may be what failed. */
  private async rollBack(release: HelmReleaseName, signal: AbortSignal | undefined): Promise<void> {
    const said = await this.look(release, ["history", "--output=json", "--", release.name]);
    const revisions = JSON.parse(said) as readonly { readonly revision: number; readonly status: string }[];
    const whole = revisions.findLast(({ status }) => WHOLE.includes(status));
    const to = whole === undefined ? [] : [String(whole.revision)];
    await this.run(release, ["rollback", "--wait", "--", release.name, ...to], signal);
  }

  private chartOf(release: WantedHelmRelease): string {
    const [, name] = /^\.\/charts\/([a-z0-9-]+)$/.exec(release.chart) ?? [];
    const folder = path.join(this.props.charts, name ?? "");
    if (name !== undefined && existsSync(path.join(folder, "Chart.yaml"))) return folder;
    return this.refuse(release, `${release.chart} is no chart of the repository`);
  }

  /** Values may be secret: they are in no argument, and in files only while Helm reads them. @returns the files */
  private writeValues(release: WantedHelmRelease): readonly string[] {
    const { valuesFor = (values: string) => values } = this.props;
    const folder = this.valuesOf(release);
    // A run that was killed may have left some.
    this.removeValues(release);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return release.values.map((text, index) => {
      const file = path.join(folder, `${index}.yaml`);
      writeFileSync(file, valuesFor(text), { mode: 0o600 });
      return file;
    });
  }

  private removeValues(release: HelmReleaseName): void {
    rmSync(this.valuesOf(release), { recursive: true, force: true });
  }

  private valuesOf(release: HelmReleaseName): string {
    return path.join(this.props.helm.placeOf(release), "values");
  }

  private async ifThere(work: () => Promise<string>): Promise<string | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ReleaseRefusal && NOT_THERE.test(error.message)) return undefined;
      throw error;
    }
  }

  private run(release: HelmReleaseName, args: readonly string[], signal?: AbortSignal): Promise<string> {
    return this.asked(release, () => this.props.helm.run(release, args, signal), signal);
  }

  private look(release: HelmReleaseName, args: readonly string[]): Promise<string> {
    return this.asked(release, () => this.props.helm.look(release, args));
  }

  private async asked(release: HelmReleaseName, work: () => Promise<string>, signal?: AbortSignal): Promise<string> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof HelmFailure)) throw error;
      // Helm may have failed since nobody answers, which the client has its own words for.
      await this.props.client.text({ method: "GET", path: "/readyz", signal });
      return this.refuse(release, error.message);
    }
  }

  private refuse({ name, namespace }: HelmReleaseName, message: string): never {
    throw new ReleaseRefusal({ name, namespace }, message);
  }
}

function described(said: string): Omit<HelmRelease, keyof HelmReleaseName> {
  const lines = said.split("\n");
  const read = Object.fromEntries(Object.keys(READ).map((key, index) => [key, lines[index]]));
  const texts = read as Record<keyof typeof READ, string>;
  const number = (key: keyof typeof READ): number => Number(texts[key]);
  return {
    ...texts,
    revision: number("revision"),
    firstDeployed: number("firstDeployed"),
    lastDeployed: number("lastDeployed"),
  };
}
