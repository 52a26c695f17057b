import {
  didYouMean,
  type Environment,
  ENVIRONMENT_NAMES,
  Findings,
  PavedError,
  parseEnvironment,
  parseReleases,
  type Releases,
} from "@paved/model";
import { apart } from "./apart";

/** An environment with the image digests released to it. */
export interface ReleasedEnvironment {
  readonly environment: Environment;
  readonly releases: Releases;
}

/** What the file of each environment exports under its name, and what is released to it. */
const declared = ENVIRONMENT_NAMES.map((name) => ({
  name,
  // The bundler turns these into tables of the files that match, so the calls have to keep this form.
  data: require(`./${name}.ts`)[name] as unknown,
  releases: require(`../${name}/releases.json`) as unknown,
}));

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
  throw new PavedError({
    code: "PVD1001",
    where: "environment",
    got: JSON.stringify(name),
    want: `one of ${ENVIRONMENT_NAMES.join(", ")}`,
    fix: didYouMean(name, ENVIRONMENT_NAMES),
  });
}
