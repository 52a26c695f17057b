import {
  didYouMean,
  type Environment,
  Findings,
  PavedError,
  parseEnvironment,
  parseReleases,
  type Releases,
} from "@paved/model";
import devReleases from "../dev/releases.json";
import productionReleases from "../production/releases.json";
import stagingReleases from "../staging/releases.json";
import { apart } from "./apart";
import { dev } from "./dev";
import { production } from "./production";
import { staging } from "./staging";

/** An environment with the image digests released to it. */
export interface ReleasedEnvironment {
  readonly environment: Environment;
  readonly releases: Releases;
}

const declared = [
  { name: "dev", data: dev, releases: devReleases },
  { name: "staging", data: staging, releases: stagingReleases },
  { name: "production", data: production, releases: productionReleases },
] as const;

/**
 * All environments, checked, in promotion order.
 * @throws PavedError PVD1002 and PVD1020, every wrong field of every file at once; the last environment has to be protected,
 * and no two share account, domain, state or network
 */
export function loadEnvironments(): readonly ReleasedEnvironment[] {
  const findings = new Findings();
  const loaded = declared.flatMap(({ name, data, releases }) => {
    const environment = findings.collect(() => parseEnvironment(data, `environments/src/${name}.ts`));
    const digests = findings.collect(() => parseReleases(releases, `environments/${name}/releases.json`));
    return environment === undefined || digests === undefined ? [] : [{ environment, releases: digests }];
  });
  const last = loaded.at(-1)?.environment;
  if (last !== undefined && !last.protected) {
    findings.add({
      code: "PVD1002",
      where: `environments/src/${last.name}.ts protected`,
      got: "false",
      want: "true in the last environment, whose data has to outlive mistakes",
      fix: "protect it; what is to be thrown away belongs in an earlier one",
    });
  }
  for (const finding of apart(loaded.map(({ environment }) => environment))) findings.add(finding);
  findings.throwIfAny();
  return loaded;
}

/** @throws PavedError PVD1001 when there is no environment of that name */
export function loadEnvironment(name: string): ReleasedEnvironment {
  const found = loadEnvironments().find(({ environment }) => environment.name === name);
  if (found !== undefined) return found;
  const names = declared.map((entry) => entry.name);
  throw new PavedError({
    code: "PVD1001",
    where: "environment",
    got: JSON.stringify(name),
    want: `one of ${names.join(", ")}`,
    fix: didYouMean(name, names),
  });
}

export { dev, production, staging };
