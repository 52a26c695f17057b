import * as fs from "node:fs";
import * as path from "node:path";
import type { ServiceDefinition } from "@paved/golden-paths";
import { Findings, parseServiceMetadata } from "@paved/model";

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
 * @throws PavedError PVD1004 two services with one name; PVD1005 a file that declares none, or declares it wrongly
 */
export function loadServices(): readonly LoadedService[] {
  const names = fs
    .readdirSync(path.join(__dirname, "..", "services"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .toSorted();
  // The bundler turns this into a table of the files that match, so the call has to keep this form.
  return checkServices(
    names.map((name) => ({ file: `stacks/services/${name}.ts`, exported: require(`../services/${name}.ts`) })),
  );
}

/** What a service file exports, before it is checked. */
export interface ServiceFile {
  readonly file: string;
  readonly exported: { readonly default?: Partial<ServiceDefinition> };
}

/** Checks what service files export, see {@link loadServices}. */
export function checkServices(files: readonly ServiceFile[]): readonly LoadedService[] {
  const findings = new Findings();
  const byName = new Map<string, LoadedService>();
  for (const { file, exported } of files) {
    const definition = exported.default;
    if (definition === undefined || typeof definition.build !== "function") {
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
  findings.throwIfAny();
  return [...byName.values()];
}
