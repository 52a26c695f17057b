import path from "node:path";
import type { PinnedModule } from "@paved/go";
import type { ControlPlaneSite } from "../site";

const KUBERNETES = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const;

/** The modules of `engine` that pin what a control plane runs, the longest build first. */
export function pinnedModules({ engineModule, binaries }: ControlPlaneSite): readonly PinnedModule[] {
  return [
    {
      name: "kubernetes",
      title: "Kubernetes",
      folder: path.join(engineModule, "kubernetes"),
      requirement: "k8s.io/kubernetes",
      programs: KUBERNETES.map((name) => ({ name, package: `k8s.io/kubernetes/cmd/${name}` })),
      variables: kubernetesVersion,
      binaries,
    },
    {
      name: "kwok",
      title: "KWOK",
      folder: path.join(engineModule, "kwok"),
      requirement: "sigs.k8s.io/kwok",
      programs: [{ name: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok" }],
      binaries,
    },
    {
      name: "etcd",
      title: "etcd",
      folder: path.join(engineModule, "etcd"),
      requirement: "go.etcd.io/etcd/server/v3",
      programs: [{ name: "etcd", package: "go.etcd.io/etcd/server/v3" }],
      binaries,
    },
  ];
}

/** A build from a module knows no version; clients and the API server's own gates ask for one. */
function kubernetesVersion(version: string): Readonly<Record<string, string>> {
  const [major, minor] = version.split(".") as [string, string];
  const about = "k8s.io/component-base/version";
  return {
    [`${about}.gitVersion`]: `v${version}`,
    [`${about}.gitMajor`]: major,
    [`${about}.gitMinor`]: minor,
    [`${about}.gitTreeState`]: "clean",
  };
}
