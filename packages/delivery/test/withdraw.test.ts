import { changesInWords, deliver, withdraw } from "../src";
import { type DeliveryPlace, eachInItsOwn, Sources } from "./delivery-place";

const RENDERING = {
  "_argocd/application-orders.yaml": "kind: Application\n",
  "_argocd/application-orders-history.yaml": "kind: Application\n",
  "_argocd/application-platform.yaml": "kind: Application\n",
  "_argocd/appproject-team-commerce.yaml": "kind: AppProject\n",
  "orders-history/deployment-orders.yaml": "replicas: 3\n",
  "orders/application-orders-history.yaml": "kind: ConfigMap\n",
  "orders/deployment-orders.yaml": "replicas: 2\n",
  "platform/gateway-public.yaml": "kind: Gateway\n",
};

let place: DeliveryPlace;
eachInItsOwn((own) => (place = own));

const where = (environment: string) => ({ environment, repository: place.repository });
const files = (environment: string) => Object.keys(place.tree).filter((file) => file.includes(`/${environment}/`));

test("a service goes with what tells of it, by one commit on top, and everything else stays", async () => {
  await deliver(place.options("staging", RENDERING));
  await deliver(place.options("dev", RENDERING));
  const { tip } = place;
  const { commit, before, changes } = await withdraw({ ...where("dev"), services: ["orders", "unknown"] });
  expect({ commit, before, onto: place.git("rev-parse", "delivery^") }).toEqual({
    commit: place.tip,
    before: tip,
    onto: tip,
  });
  const gone = [
    "_argocd/application-orders.yaml",
    "orders/application-orders-history.yaml",
    "orders/deployment-orders.yaml",
  ];
  expect(files("dev")).toEqual(
    Object.keys(RENDERING)
      .filter((file) => !gone.includes(file))
      .map((file) => `gitops/dev/${file}`),
  );
  expect(files("staging")).toHaveLength(Object.keys(RENDERING).length);
  expect(changesInWords(changes)).toBe(
    "1 of 2 services changes: orders (gone, 2 manifests); of the platform _argocd (1 manifest)",
  );
  expect(place.messages[0]).toBe(
    "Withdraw dev: orders\n\n_argocd: 1 manifest removed\norders: 2 manifests removed\n\nPaved-Environment: dev",
  );
});

test("without names all services go, and the platform stays", async () => {
  await deliver(place.options("dev", { ...RENDERING, "_flux/kustomization-orders.yaml": "kind: Kustomization\n" }));
  const { changes } = await withdraw(where("dev"));
  expect(files("dev")).toEqual([
    "gitops/dev/_argocd/application-platform.yaml",
    "gitops/dev/_argocd/appproject-team-commerce.yaml",
    "gitops/dev/platform/gateway-public.yaml",
  ]);
  expect(changes.services).toEqual({ before: 2, after: 0, all: 2 });
});

test("what is withdrawn already is no commit, and neither is anything of a branch that is not there", async () => {
  expect(await withdraw(where("dev"))).not.toHaveProperty("commit");
  await deliver(place.options("dev", RENDERING));
  const { commit } = await withdraw({ ...where("dev"), services: ["orders"] });
  const again = await withdraw({ ...where("dev"), services: ["orders"] });
  expect([again.commit, again.before, place.tip]).toEqual([undefined, commit, commit]);
});

test("with --dry-run it says what would go, and nothing does", async () => {
  await deliver(place.options("dev", RENDERING));
  const { tip } = place;
  const { commit, changes } = await withdraw({ ...where("dev"), dryRun: true });
  expect([commit, place.tip, changes.services.after]).toEqual([undefined, tip, 0]);
});

test("it says the commit that was delivered last, so that an older one is still refused after it", async () => {
  const sources = new Sources(`${place.home}/sources`);
  const older = { directory: sources.directory, commit: sources.git("rev-parse", "HEAD"), uncommitted: false };
  const newer = { ...older, commit: sources.commit("second") };
  await deliver(place.options("dev", RENDERING, { source: newer }));
  await withdraw({ ...where("dev"), services: ["orders"] });
  expect(place.messages[0]).toMatch(new RegExp(`\nPaved-Environment: dev\nPaved-Source: ${newer.commit}$`));
  await expect(deliver(place.options("dev", RENDERING, { source: older }))).rejects.toThrow("PVD2102");
  await deliver(place.options("dev", RENDERING, { source: newer }));
  expect(files("dev")).toHaveLength(Object.keys(RENDERING).length);
});
