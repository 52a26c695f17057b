import { fluxBootstrapObjects } from "../src";

const swap = { from: "https://git.paved.example.com/platform/paved.git", to: "http://127.0.0.1:40123/delivery.git" };
const account = {
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: "deliver-platform", namespace: "flux-system" },
};
const secret = {
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: { name: "delivery-repository" },
};
const synced = (url: string) => ({
  gitRepository: {
    spec: { url, ref: { branch: "delivery" }, interval: "1m", secretRef: { name: "delivery-repository" } },
  },
  kustomization: { spec: { path: "./gitops/dev/_flux", prune: true, serviceAccountName: "paved.kustomizations" } },
});
const root = (releases: Readonly<Record<string, readonly [string, string, object]>>): string =>
  JSON.stringify({
    resource: {
      helm_release: Object.fromEntries(
        Object.entries(releases).map(([id, [chart, name, values]]) => [
          id,
          { chart, name, values: [JSON.stringify(values)] },
        ]),
      ),
    },
  });

test("accounts and their rights are what the release says, and the repository is the sandbox's, without credentials", () => {
  const roots = [
    root({
      flux: ["flux2", "flux2", { extraObjects: [secret, account] }],
      first: ["flux2-sync", "flux-system", synced(swap.from)],
      kinds: ["flux2-sync", "gateway", synced("https://github.com/kubernetes-sigs/gateway-api.git")],
      other: ["keda", "keda", {}],
    }),
  ];
  const metadata = { name: "flux-system", namespace: "flux-system" };
  expect(fluxBootstrapObjects(roots, swap)).toEqual([
    account,
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata,
      spec: { url: swap.to, ref: { branch: "delivery" }, interval: "1m" },
    },
    {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata,
      spec: { ...synced(swap.from).kustomization.spec, sourceRef: { kind: "GitRepository", name: "flux-system" } },
    },
  ]);
});

test("an environment of Argo CD has none of it", () => {
  expect(fluxBootstrapObjects([root({ argo: ["argocd-apps", "argo-cd-bootstrap", {}] })], swap)).toEqual([]);
});
