import { binaryOf, buildPrograms, findGo, isCurrent, type PinnedModule } from "@paved/go";
import { PavedError } from "@paved/model";
import path from "node:path";

/** Where programs are pinned, and where they land. */
export interface ProgramSite {
  /** Folder of the modules that pin programs. */
  readonly engineModule: string;
  /** Where binaries land. */
  readonly binaries: string;
}

/** What {@link ensureCopier} can be told. */
export interface CopierOptions {
  /** Where Go is looked for. @default - the PATH of this process */
  readonly searchPath?: string;
  /** Told what goes on while they are built. */
  readonly progress: (line: string) => void;
  /** Stops the build of them. @default - nothing does */
  readonly signal?: AbortSignal;
}

const REGCTL = { name: "regctl", package: "github.com/regclient/regclient/cmd/regctl" };

/** What copies images, and what it asks for credentials of ECR, which finds it by its name. */
function copierModule({ engineModule, binaries }: ProgramSite): PinnedModule {
  const signsIn = "docker-credential-ecr-login";
  return {
    name: "images",
    title: "regctl, which copies images,",
    folder: path.join(engineModule, "images"),
    requirement: "github.com/regclient/regclient",
    programs: [
      REGCTL,
      { name: signsIn, package: `github.com/awslabs/amazon-ecr-credential-helper/ecr-login/cli/${signsIn}` },
    ],
    binaries,
  };
}

/**
 * The program that copies images, built by Go on first use, within a minute; the one that signs in to ECR is beside it.
 * @returns its path
 * @throws PavedError PVD2107 when there is no Go, or it cannot build them, and the reason of the signal
 */
export async function ensureCopier(
  site: ProgramSite,
  { searchPath, progress, signal }: CopierOptions,
): Promise<string> {
  const module = copierModule(site);
  if (!module.programs.every((program) => isCurrent(module, program))) {
    const go = findGo(searchPath, (fix) => cannotBeHad("PATH", "no go", fix));
    const reach = "let Go reach its module proxy (GOPROXY), then run the same command again";
    const refuse = (got: string, fix = reach): PavedError => cannotBeHad("engine/images/go.mod", got, fix);
    await buildPrograms(module, module.programs, { go, progress, refuse, signal });
  }
  return binaryOf(module, REGCTL);
}

function cannotBeHad(where: string, got: string, fix: string): PavedError {
  return new PavedError({ code: "PVD2107", where, got, want: "regctl, or Go to build it", fix });
}
