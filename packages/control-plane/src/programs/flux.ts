import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { PinnedModule } from "@paved/go";
import { FLUX_CONTROLLERS } from "../components/names";
import type { BuiltProgram, EnsureProgramsOptions } from "./ensure";
import { programOfGit } from "./git";
import type { ControlPlaneSite } from "../site";

/** The program of each component that Flux needs. */
export interface FluxPrograms {
  readonly "git-server": GitHttpServer;
  readonly "source-controller": BuiltProgram;
  readonly "kustomize-controller": BuiltProgram;
}

/** Node with the script that puts Git's own backend behind HTTP. */
export interface GitHttpServer extends BuiltProgram {
  readonly script: string;
  readonly backend: string;
}

const CRDS = "config/crd/bases";

/** Flux's own kinds, as files of its controllers' modules. */
export const FLUX_DEFINITION_FILES = {
  "source-controller": [
    "buckets",
    "externalartifacts",
    "gitrepositories",
    "helmcharts",
    "helmrepositories",
    "ocirepositories",
  ].map((kinds) => `${CRDS}/source.toolkit.fluxcd.io_${kinds}.yaml`),
  "kustomize-controller": [`${CRDS}/kustomize.toolkit.fluxcd.io_kustomizations.yaml`],
} as const;

/** The modules of Flux, which one `go.mod` pins. */
export function fluxModules({ engineModule, binaries }: ControlPlaneSite): readonly PinnedModule[] {
  return FLUX_CONTROLLERS.map((name) => ({
    name,
    title: `Flux's ${name}`,
    folder: path.join(engineModule, "flux"),
    requirement: `github.com/fluxcd/${name}`,
    programs: [{ name, package: `github.com/fluxcd/${name}` }],
    toolchain: "go1.27.3",
    files: FLUX_DEFINITION_FILES[name],
    binaries,
  }));
}

/**
 * What Flux needs beside itself: Git, behind HTTP.
 * @throws PavedError PVD9001 when it cannot be had
 */
export function gitHttpServer(
  { engineModule }: ControlPlaneSite,
  { searchPath = process.env["PATH"] ?? "" }: EnsureProgramsOptions,
): GitHttpServer {
  const script = path.join(engineModule, "git-http", "server.js");
  const want = "Git with its server for HTTP, which Flux reads from";
  const { binary: backend, version } = programOfGit("git-http-backend", searchPath, want);
  const hash = createHash("sha256").update(readFileSync(script)).update(version).update(process.version);
  return { binary: process.execPath, version, pin: hash.digest("hex"), script, backend };
}
