import { mkdirSync, symlinkSync } from "node:fs";
import { dev, kept, production, registriesForTests } from "@paved/images/test/copying";
import { Repository } from "@paved/images/test/pushed";
import { site } from "@paved/images/test/registries";
import { registryHost } from "@paved/model";
import { copyImagesCommand } from "../src/commands/copy-images";
import { index } from "./sample-fleet";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const registries = registriesForTests();
// Built for this repository already.
mkdirSync(workspace.paved, { recursive: true });
symlinkSync(site.engineModule, workspace.engineModule);
symlinkSync(site.binaries, workspace.binaries);
const copyImages = (options: Readonly<Record<string, string | boolean>>) =>
  run(copyImagesCommand, workspace, { options });

/** What production is to run, in its own registry. */
function release(...digests: readonly string[]): void {
  const environments = index.environments.map((environment) => {
    const { account, region } = environment.name === "production" ? production : dev;
    return { ...environment, account, region };
  });
  write(workspace, "cdktf.out/paved.json", JSON.stringify({ ...index, environments }));
  const images = digests.map((digest) => ({ image: `${registryHost(production)}/commerce/orders@${digest}` }));
  const containers = { spec: { template: { spec: { containers: images } } } };
  const manifest = { kind: "Deployment", metadata: { name: "orders" }, ...containers };
  write(workspace, "cdktf.out/gitops/production/orders/deployment-orders.yaml", JSON.stringify(manifest));
}

test("what pods name is copied, and said; the second time nothing is", async () => {
  const digest = await new Repository(registries.portOf(dev), "commerce/orders").pushImage("released");
  release(digest);
  expect(await copyImages({ env: "production", dryRun: true })).toMatchObject({
    code: 0,
    out: `production: 1 image, 0 there already, 1 to be copied\norders: commerce/orders@${digest} from dev`,
  });
  expect(await copyImages({ env: "production" })).toMatchObject({
    code: 0,
    out: `production: 1 image, 0 there already, 1 copied\norders: commerce/orders@${digest} from dev`,
    err: `commerce/orders@${digest}: copied from dev`,
  });
  const inProduction = new Repository(registries.portOf(production), "commerce/orders");
  expect(await inProduction.tags()).toEqual([kept(digest)]);
  expect(await copyImages({ env: "production" })).toMatchObject({ out: "production: 1 image, 1 there already" });
});

test("as one JSON document", async () => {
  const digest = await new Repository(registries.portOf(production), "commerce/orders").pushImage("by hand");
  release(digest);
  const { out } = await copyImages({ env: "production", json: true });
  expect(JSON.parse(out)).toEqual({
    environment: "production",
    sources: ["dev"],
    images: [{ unit: "orders", repository: "commerce/orders", digest, state: "kept" }],
    dryRun: false,
  });
});

test("fails with PVD2105 for an image that is nowhere", async () => {
  release(`sha256:${"0".repeat(64)}`);
  await expect(copyImages({ env: "production" })).rejects.toThrow(
    /^PVD2105 environments\/production\/releases\.json orders: got no commerce\/orders@sha256:0+ in production, dev, want/,
  );
});

test("fails with PVD4003 without an environment, and for the first, which nothing is copied to", async () => {
  await expect(copyImages({})).rejects.toThrow(/^PVD4003 --env: got nothing/);
  await expect(copyImages({ env: "dev" })).rejects.toThrow(/^PVD4003 --env: got dev, .*; choose from production$/);
});

test("fails with PVD1001 for an environment that there is not", async () => {
  await expect(copyImages({ env: "nowhere" })).rejects.toThrow("PVD1001");
});
