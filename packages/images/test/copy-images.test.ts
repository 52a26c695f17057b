import { copy, dev, kept, orders, production, registriesForTests, staging } from "./copying";
import { Repository } from "./pushed";

const registries = registriesForTests();
const inDev = () => new Repository(registries.portOf(dev), "commerce/orders");
const inStaging = () => new Repository(registries.portOf(staging), "commerce/orders");
const inProduction = () => new Repository(registries.portOf(production), "commerce/orders");

test("an image comes with all its platforms and layers, byte by byte, and under a tag that says which one it is", async () => {
  const digest = await inDev().pushImage("whole");
  expect(await copy({ images: [orders(digest)] })).toEqual([{ ...orders(digest), state: "copied", from: "dev" }]);
  const parts = await inStaging().parts(digest);
  expect(parts.size).toBe(7);
  expect(parts).toEqual(await inDev().parts(digest));
  expect(await inStaging().tags()).toEqual([kept(digest)]);
  expect(await inStaging().manifest(kept(digest))).toBe(await inStaging().manifest(digest));
});

test("its signatures come too: one at a tag, and one that refers to it", async () => {
  const digest = await inDev().pushImage("signed");
  const tag = await inDev().signAtTag(digest);
  const referrer = await inDev().signByReferrer(digest);
  await copy({ images: [orders(digest)] });
  expect(await inStaging().parts(tag)).toEqual(await inDev().parts(tag));
  expect(await inStaging().parts(referrer)).toEqual(await inDev().parts(referrer));
  expect(await inStaging().manifest(digest.replace(":", "-"))).toContain(referrer);
});

test("what is there already is not copied again, and the earlier environment is not asked", async () => {
  const digest = await inDev().pushImage("twice");
  await copy({ images: [orders(digest)] });
  await registries.stop(dev);
  expect(await copy({ images: [orders(digest)] })).toEqual([{ ...orders(digest), state: "there" }]);
  await registries.start(dev);
});

test("it comes from the nearest environment that has it", async () => {
  const both = await inDev().pushImage("both");
  await copy({ images: [orders(both)] });
  const skipped = await inDev().pushImage("skipped");
  const images = [orders(both), orders(skipped)];
  expect(await copy({ images, to: production, from: [staging, dev] })).toMatchObject([
    { state: "copied", from: "staging" },
    { state: "copied", from: "dev" },
  ]);
  expect(await inProduction().parts(skipped)).toEqual(await inDev().parts(skipped));
});

test("one that somebody brought there by digest alone is given its tag, although no earlier environment has it", async () => {
  const digest = await inStaging().pushImage("by hand");
  expect(await copy({ images: [orders(digest)] })).toEqual([{ ...orders(digest), state: "kept" }]);
  expect(await inStaging().manifest(kept(digest))).toBe(await inStaging().manifest(digest));
});

test("a dry run says what would be copied, and writes nothing", async () => {
  const digest = await inDev().pushImage("dry");
  expect(await copy({ images: [orders(digest)], dryRun: true })).toMatchObject([{ state: "copied", from: "dev" }]);
  expect(await inStaging().manifest(digest)).toBeUndefined();
});

test("many are copied at once, and told of in their order", async () => {
  const digests = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((each) => inDev().pushImage(`many ${each}`)));
  const copied = await copy({ images: digests.map(orders) });
  expect(copied.map(({ digest }) => digest)).toEqual(digests);
  for (const digest of digests) expect((await inStaging().parts(digest)).size).toBe(7);
});

test("without images nothing is asked", async () => {
  expect(await copy({ images: [], from: [{ ...dev, account: "999999999999" }] })).toEqual([]);
});

test("fails with PVD2105 for each image that is nowhere, all at once, and copies none of the others", async () => {
  const there = await inDev().pushImage("beside");
  const missing = ["a", "b"].map((digit) => orders(`sha256:${digit.repeat(64)}`));
  const copying = copy({ images: [orders(there), ...missing], to: production, from: [staging, dev] });
  await expect(copying).rejects.toMatchObject({
    findings: missing.map(({ digest }) => ({
      code: "PVD2105",
      where: "environments/production/releases.json orders",
      got: `no commerce/orders@${digest} in production, staging, dev`,
      fix: "push the image to dev again, or release one that is there with paved promote",
    })),
  });
  expect(await inProduction().manifest(there)).toBeUndefined();
});
