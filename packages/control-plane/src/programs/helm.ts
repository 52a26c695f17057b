import path from "node:path";
import { binaryOf, isCurrent, type PinnedModule } from "@paved/go";
import type { ControlPlaneSite } from "../site";

/** The module that pins Helm, which installs the repository's own charts where something delivers. */
export function helmModule({ engineModule, binaries }: ControlPlaneSite): PinnedModule {
  return {
    name: "helm",
    title: "Helm",
    folder: path.join(engineModule, "helm"),
    requirement: "helm.sh/helm/v3",
    programs: [{ name: "helm", package: "helm.sh/helm/v3/cmd/helm" }],
    variables: (version) => ({ "helm.sh/helm/v3/internal/version.version": `v${version}` }),
    binaries,
  };
}

/** Helm's binary. @returns undefined where it is not built, or from another pin */
export function builtHelm(site: ControlPlaneSite): string | undefined {
  const module = helmModule(site);
  const [program] = module.programs.filter((one) => isCurrent(module, one));
  return program && binaryOf(module, program);
}
