import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ControlPlaneSite } from "../src";

/** A site with nothing in it but the pins; it is removed after the tests of the file. */
export function temporarySite(): ControlPlaneSite & { readonly root: string } {
  const root = mkdtempSync(path.join(tmpdir(), "paved-site-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const engineModule = path.join(root, "engine");
  for (const [name, requirement] of [
    ["kubernetes", "k8s.io/kubernetes v1.36.3"],
    ["etcd", "go.etcd.io/etcd/server/v3 v3.6.16"],
    ["kwok", "sigs.k8s.io/kwok v0.8.0"],
    ["argo-cd", "github.com/argoproj/argo-cd/v3 v3.6.1"],
    ["flux", "github.com/fluxcd/source-controller v1.9.6"],
    ["helm", "helm.sh/helm/v3 v3.22.0"],
  ] as const) {
    mkdirSync(path.join(engineModule, name), { recursive: true });
    writeFileSync(path.join(engineModule, name, "go.mod"), `require ${requirement}\n`);
  }
  const [binaries, controlPlanes] = [path.join(root, "bin"), path.join(root, "control-plane")];
  return { root, engineModule, binaries, controlPlanes, charts: path.join(root, "charts") };
}
