import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ensurePrograms, missingPrograms } from "../src";
import { temporarySite } from "./temporary-site";

const site = temporarySite();
const told: string[] = [];
const progress = (line: string): void => void told.push(line);
const calls = (): string => readFileSync(path.join(site.root, "calls"), "utf8");

/** Stands in for Go: writes down what it builds, and "builds" a file for each package. */
const GO = `[ "$1" = list ] && exit
[ -e "${site.root}/refuse-$(basename "$PWD")" ] && { echo "$(basename "$PWD"): no such host" >&2; exit 1; }
while [ "$1" != "-o" ]; do shift; done
out="$2"; shift 2
echo "$@" >> "${site.root}/calls"
for package in "$@"; do touch "$out/$(basename "\${package%/v3}")"; done`;

beforeEach(() => {
  told.length = 0;
  for (const left of ["bin", "calls"]) rmSync(path.join(site.root, left), { recursive: true, force: true });
  writeFileSync(path.join(site.root, "go"), `#!/bin/sh\n${GO}\n`, { mode: 0o755 });
});

const searchPath = `${site.root}:${process.env["PATH"]}`;

test("fails with PVD9001 where there is no Go, with what it is needed for", async () => {
  await expect(ensurePrograms(site, { searchPath: path.join(site.root, "engine"), progress })).rejects.toThrow(
    "PVD9001 PATH: got no go, want Go to build Kubernetes, KWOK, etcd; install Go 1.22 or newer (https://go.dev/dl)",
  );
});

test("every program is built once, those of one module in one build", async () => {
  expect(missingPrograms(site)).toEqual([
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kwok",
    "etcd",
  ]);
  const programs = await ensurePrograms(site, { searchPath, progress });
  expect(await ensurePrograms(site, { searchPath, progress })).toEqual(programs);
  expect(calls().trim().split("\n").toSorted()).toEqual([
    "go.etcd.io/etcd/server/v3",
    "k8s.io/kubernetes/cmd/kube-apiserver k8s.io/kubernetes/cmd/kube-controller-manager k8s.io/kubernetes/cmd/kube-scheduler",
    "sigs.k8s.io/kwok/cmd/kwok",
  ]);
  expect(programs["kube-apiserver"]).toMatchObject({
    binary: path.join(site.binaries, "kube-apiserver"),
    version: "1.36.3",
  });
  expect([programs.etcd.version, programs.kwok.version, missingPrograms(site)]).toEqual(["3.6.16", "0.8.0", []]);
});

test("Argo CD is built only where it is asked for", async () => {
  expect(missingPrograms(site, "argo-cd")[0]).toBe("argocd");
  expect(Object.keys(await ensurePrograms(site, { searchPath, progress }))).not.toContain("argocd-server");
  expect([missingPrograms(site), missingPrograms(site, "argo-cd")]).toEqual([[], ["argocd", "helm"]]);
  expect(calls()).not.toMatch(/argo-cd|helm/);
});

test("Flux is built only where it is asked for, instead of Argo CD", async () => {
  await ensurePrograms(site, { searchPath, progress });
  expect(missingPrograms(site, "flux")).toEqual(["source-controller", "kustomize-controller", "helm"]);
  expect(calls()).not.toMatch(/fluxcd|helm/);
});

test("fails with PVD9001 and Go's own words when one cannot be built; what could be stays built", async () => {
  writeFileSync(path.join(site.root, "refuse-etcd"), "");
  await expect(ensurePrograms(site, { searchPath, progress })).rejects.toThrow(
    /^PVD9001 engine\/etcd\/go\.mod: got go build ended with 1: etcd: no such host, want its programs, built; let Go reach/,
  );
  rmSync(path.join(site.root, "refuse-etcd"));
  expect(missingPrograms(site)).toEqual(["etcd"]);
  await ensurePrograms(site, { searchPath, progress });
  expect(calls().trim().split("\n").at(-1)).toBe("go.etcd.io/etcd/server/v3");
});
