import * as fs from "node:fs";
import * as path from "node:path";
import type { ServiceDefinition } from "@paved/golden-paths";
import { Findings, inServiceFile, parseServiceMetadata } from "@paved/model";

/** A service file that was found and checked. */
export interface LoadedService {
  readonly definition: ServiceDefinition;
  /** Relative to the workspace, for example `stacks/services/orders.ts`. */
  readonly file: string;
}

/**
 * Every service of the fleet: each file in `stacks/services` is one. Nothing lists them by hand, so a team adds a service
 * by adding a file.
 *
 * @throws PavedError PVD1004 two services with one name; PVD1005 a file that declares none, or declares it wrongly; PVD1035
 * a file that throws
 */
export function loadServices(): readonly LoadedService[] {
  const findings = new Findings();
  const services = readServices(findings);
  findings.throwIfAny();
  return services;
}

/** The services that can be loaded; what is wrong with the others is added to the findings, see {@link loadServices}. */
export function readServices(findings: Findings): readonly LoadedService[] {
  const names = fs
    .readdirSync(path.join(__dirname, "..", "services"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .toSorted();
  return checkServices(
    names.map((name) => ({
      file: `stacks/services/${name}.ts`,
      // The bundler turns this into a table of the files that match, so the call has to keep this form.
      load: () => require(`../services/${name}.ts`),
    })),
    findings,
  );
}

/** A service file, before it is loaded and checked. */
export interface ServiceFile {
  readonly file: string;
  /** @returns what it exports */
  readonly load: () => { readonly default?: Partial<ServiceDefinition> | null };
}

/** Loads service files and checks what they export, see {@link loadServices}. */
export function checkServices(files: readonly ServiceFile[], findings: Findings): readonly LoadedService[] {
  const byName = new Map<string, LoadedService>();
  for (const { file, load } of files) {
    const exported = findings.collect(() => inServiceFile(file, load));
    if (exported === undefined) continue;
    const definition = exported.default;
    if (definition == null || typeof definition.build !== "function") {
      findings.add({
        code: "PVD1005",
        where: file,
        got: "no service as the default export",
        want: "export default defineService({ name, owner, tier, onCall, runbook }, (service) => …)",
        fix: "export the service, or move the file out of stacks/services",
      });
      continue;
    }
    const metadata = findings.collect(() => parseServiceMetadata(definition.metadata, file));
    if (metadata === undefined) continue;
    const earlier = byName.get(metadata.name);
    if (earlier !== undefined) {
      findings.add({
        code: "PVD1004",
        where: file,
        got: `the service name ${JSON.stringify(metadata.name)}, which ${earlier.file} has`,
        want: "a name of its own",
        fix: "name the service after its file",
      });
      continue;
    }
    byName.set(metadata.name, { definition: definition as ServiceDefinition, file });
  }
  return [...byName.values()];
}
