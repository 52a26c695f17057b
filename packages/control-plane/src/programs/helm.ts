import path from "node:path";
import type { PinnedModule } from "@paved/go";
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
