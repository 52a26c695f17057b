import path from "node:path";
import { binaryOf, buildPrograms, fileOf, findGo, isCurrent, type PinnedModule, pinnedVersion, pinOf } from "@paved/go";
import { type Deliverer, PavedError } from "@paved/model";
import { argoCdModule, argoCdPrograms } from "./delivery";
import { fluxModules, gitHttpServer } from "./flux";
import { helmModule } from "./helm";
import { pinnedModules } from "./modules";
import type { DeliveryComponentName, KubernetesComponentName } from "../components/names";
import type { ControlPlaneSite } from "../site";

/** A built program. */
export interface BuiltProgram {
  /** Absolute path. */
  readonly binary: string;
  /** For example `1.36.3`. */
  readonly version: string;
  /** Says what it was built from: another pin gives another one. */
  readonly pin: string;
  /** Folder with the files of its module that it needs. @default - it needs none */
  readonly files?: string;
}

/** The program of each component; those that deliver only where they were asked for. */
export type Programs = Readonly<
  Record<KubernetesComponentName, BuiltProgram> & Partial<Record<DeliveryComponentName, BuiltProgram>>
>;

/** What {@link ensurePrograms} can be told. */
export interface EnsureProgramsOptions {
  /** Where Go is looked for. @default - the PATH of this process */
  readonly searchPath?: string;
  /** What is to deliver; its programs are built as well, which takes as long again. @default - nothing delivers */
  readonly delivery?: Deliverer;
  /** Told what goes on while they are built. */
  readonly progress: (line: string) => void;
}

/** Modules that are built at once: one compiles while another downloads or links. */
const AT_ONCE = 2;

/**
 * The programs of a control plane, built by Go on first use, some minutes each; a build that was stopped goes on.
 * @throws PavedError PVD9001 when there is no Go, or it cannot build them, or there is no Redis or Git where they are needed
 */
export async function ensurePrograms(site: ControlPlaneSite, options: EnsureProgramsOptions): Promise<Programs> {
  const modules = modulesOf(site, options.delivery);
  const waiting = modules.filter((module) => missingOf(module).length > 0);
  if (waiting.length > 0) await buildAll(waiting, options);
  const built = modules.flatMap((module) =>
    module.programs.map((program) => [program.name, described(module, program)] as const),
  );
  const { argocd, helm: _noComponent, ...programs } = Object.fromEntries(built) as Programs & Partial<OfNoComponent>;
  if (argocd !== undefined) return { ...programs, ...(await argoCdPrograms(site, argocd, options)) };
  return options.delivery === "flux" ? { ...programs, "git-server": gitHttpServer(site, options) } : programs;
}

/**
 * Names of the programs that are not built yet, or from another pin.
 * @param delivery what is to deliver. @default - nothing, so that its programs are not missing
 */
export function missingPrograms(site: ControlPlaneSite, delivery?: Deliverer): readonly string[] {
  return modulesOf(site, delivery).flatMap((module) => missingOf(module).map(({ name }) => name));
}

/** Built as well, under names that no component has. */
type OfNoComponent = Readonly<Record<"argocd" | "helm", BuiltProgram>>;

function modulesOf(site: ControlPlaneSite, delivery?: Deliverer): readonly PinnedModule[] {
  const delivering = { "argo-cd": [argoCdModule(site)], flux: fluxModules(site) };
  return [...(delivery === undefined ? [] : [...delivering[delivery], helmModule(site)]), ...pinnedModules(site)];
}

function missingOf(module: PinnedModule): PinnedModule["programs"] {
  return module.programs.filter((program) => !isCurrent(module, program));
}

function described(module: PinnedModule, program: PinnedModule["programs"][number]): BuiltProgram {
  const built = { binary: binaryOf(module, program), version: pinnedVersion(module) ?? "unknown", pin: pinOf(module) };
  return module.files === undefined ? built : { ...built, files: fileOf(module, "") };
}

async function buildAll(modules: readonly PinnedModule[], { searchPath, progress }: EnsureProgramsOptions) {
  const go = findGo(searchPath, (fix) => noGo(modules, fix));
  const queue = [...modules];
  const work = async (): Promise<void> => {
    for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
      const { folder } = module;
      await buildPrograms(module, module.programs, {
        go,
        progress,
        refuse: (got, fix) => cannotBuild(folder, got, fix),
      });
    }
  };
  // One that fails lets the others end: what they built need not be built again.
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  const failed = ended.find((end): end is PromiseRejectedResult => end.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

function noGo(modules: readonly PinnedModule[], fix: string): PavedError {
  return new PavedError({
    code: "PVD9001",
    where: "PATH",
    got: "no go",
    want: `Go to build ${modules.map(({ title }) => title).join(", ")}`,
    fix,
  });
}

const REACH = "let Go reach its module proxy (GOPROXY), then run paved sandbox up again";

function cannotBuild(folder: string, got: string, fix = REACH): PavedError {
  return new PavedError({
    code: "PVD9001",
    where: `engine/${path.basename(folder)}/go.mod`,
    got,
    want: "its programs, built",
    fix,
  });
}
