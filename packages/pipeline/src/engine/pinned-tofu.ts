import { binaryOf, isCurrent, type PinnedModule, pinnedVersion, type Program } from "@paved/go";
import type { Workspace } from "../workspace/workspace";

const TOFU: Program = { name: "tofu", package: "github.com/opentofu/opentofu/cmd/tofu" };

/** OpenTofu as `engine/go.mod` pins it. */
export function tofuModule({ engineModule, binaries }: Workspace): PinnedModule {
  return {
    name: TOFU.name,
    title: "OpenTofu",
    folder: engineModule,
    requirement: "github.com/opentofu/opentofu",
    programs: [TOFU],
    variables: () => ({ "github.com/opentofu/opentofu/version.dev": "no" }),
    binaries,
  };
}

/** The engine that Paved built. @returns undefined when there is none from today's `engine/go.mod` */
export function builtTofu(workspace: Workspace): string | undefined {
  const module = tofuModule(workspace);
  return isCurrent(module, TOFU) ? binaryOf(module, TOFU) : undefined;
}

/** The version of OpenTofu that `engine/go.mod` pins, for example `1.12.6`. */
export function pinnedTofu(workspace: Workspace): string | undefined {
  return pinnedVersion(tofuModule(workspace));
}
