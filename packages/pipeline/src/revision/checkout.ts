import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { git, inHistory } from "../git/git";
import { Workspace } from "../workspace/workspace";
import type { SynthInputs } from "./inputs";
import { installedPackages } from "./packages";

/**
 * Puts what synth reads of a commit into a folder of its own, with the packages that its lock file names, lets `use` work
 * in it, and removes it.
 * @throws PavedError PVD4003 for a commit that is not there, PVD2017 when its packages cannot be installed
 */
export async function withCheckout<T>(
  workspace: Workspace,
  inputs: SynthInputs,
  { where, progress }: { readonly where: string; readonly progress: (line: string) => void },
  use: (checkout: Workspace) => Promise<T>,
): Promise<T> {
  const home = path.join(workspace.paved, "checkouts", `${inputs.key}.${process.pid}`);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  try {
    const checkout = extract(workspace, inputs, where, home);
    const packages = await installedPackages(workspace, checkout, progress);
    link(checkout, packages);
    reuseBundledPackages(workspace, checkout);
    return await use(checkout);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Writes the files by an index of their own: neither the index nor the working tree of the user is touched. */
function extract(workspace: Workspace, inputs: SynthInputs, where: string, home: string): Workspace {
  const call = {
    ...inHistory(where),
    environment: { ...process.env, GIT_INDEX_FILE: path.join(home, "index") },
  };
  const prefix = git(workspace, ["rev-parse", "--show-prefix"], call).trim();
  git(workspace, ["read-tree", inputs.commit ?? "HEAD"], call);
  const words = ["checkout-index", `--prefix=${home}/`, "-z", "--stdin"];
  git(workspace, words, { ...call, input: [...inputs.files.keys()].join("\0") });
  return new Workspace(path.join(home, prefix));
}

/** Links every package where Node looks for it: those of others from the installation, ours from the checkout. */
function link(checkout: Workspace, packages: string): void {
  const own = ownPackages(checkout);
  const installed = path.join(packages, "node_modules");
  mkdirSync(path.join(checkout.root, "node_modules", "@paved"), { recursive: true });
  for (const name of readdirSync(installed).filter((each) => each !== "@paved")) {
    symlinkSync(path.join(installed, name), path.join(checkout.root, "node_modules", name));
  }
  for (const [name, folder] of own) {
    symlinkSync(path.join(checkout.root, folder), path.join(checkout.root, "node_modules", name));
    const nested = path.join(packages, folder, "node_modules");
    if (existsSync(nested)) symlinkSync(nested, path.join(checkout.root, folder, "node_modules"));
  }
}

/** Packages of ours that were checked out: name and folder. */
function ownPackages({ root }: Workspace): readonly (readonly [name: string, folder: string])[] {
  const inPackages = existsSync(path.join(root, "packages")) ? readdirSync(path.join(root, "packages")) : [];
  const folders = [
    "environments",
    "golden-paths",
    "modules",
    "stacks",
    ...inPackages.map((each) => `packages/${each}`),
  ];
  return folders
    .filter((folder) => existsSync(path.join(root, folder, "package.json")))
    .map((folder) => {
      const { name } = JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8")) as { name: string };
      return [name, folder] as const;
    });
}

/** The bundle of other people's packages is named by all that goes into it, so one that fits is the one to be made. */
function reuseBundledPackages(workspace: Workspace, checkout: Workspace): void {
  const [from, to] = [workspace, checkout].map(({ root }) => path.join(root, "stacks", "dist")) as [string, string];
  mkdirSync(to, { recursive: true });
  if (!existsSync(from)) return;
  for (const name of readdirSync(from).filter((each) => each.startsWith("packages-"))) {
    copyFileSync(path.join(from, name), path.join(to, name));
  }
}
