import { PROVIDERS, Workbench } from "./engine-run";
import { CACHE, MESSAGING, READER, SITE, STORAGE, ZONE } from "./service-stacks";

const STACKS = { messaging: MESSAGING, storage: STORAGE, cache: CACHE, zone: ZONE, site: SITE, reader: READER };

describe("stacks of what services need", () => {
  const bench = new Workbench();
  afterAll(() => bench.close());

  test.each(Object.entries(STACKS))("%s: init, apply, and an empty second plan", async (stack, configuration) => {
    bench.write(stack, configuration);
    await bench.succeed(stack, "init", "-input=false");
    expect(await bench.apply(stack)).toEqual([]);
    expect(await bench.plan(stack)).toEqual([]);
  });

  test("outputs are what the cloud would give", async () => {
    expect(await bench.outputs("messaging")).toEqual({
      scope: "MessageAttributes",
      subscription: expect.stringMatching(/^arn:aws:sns:eu-west-1:111122223333:events:[0-9a-f-]{36}$/),
    });
    expect(await bench.outputs("storage")).toEqual({
      logging: "files-111122223333,111122223333",
      minimum: "all_storage_classes_128K",
    });
    const { host } = await bench.outputs("cache");
    expect(host).toMatch(/^master\.cache\.[0-9a-f]{6}\.euw1\.cache\.amazonaws\.com$/);
    expect(await bench.outputs("site")).toEqual({
      certificate: expect.stringMatching(/^arn:aws:acm:us-east-1:111122223333:certificate\//),
      distribution: expect.stringMatching(/^arn:aws:cloudfront::111122223333:distribution\/E[0-9A-Z]{13}$/),
      host: expect.stringMatching(/^d[0-9a-z]{13}\.cloudfront\.net$/),
      proof: expect.stringMatching(/^_[0-9a-f]{32}\.shop\.example\.com$/),
      source: "arn:aws:logs:us-east-1:111122223333:delivery-source:site",
    });
    expect(await bench.outputs("reader")).toEqual({
      cache: host,
      events: "arn:aws:sns:eu-west-1:111122223333:events",
      files: "files-111122223333.s3.eu-west-1.amazonaws.com",
      orders: "https://sqs.eu-west-1.amazonaws.com/111122223333/orders",
    });
  });

  test.each(["site", "zone", "cache", "storage", "messaging"])("%s: destroys everything it made", async (stack) => {
    await bench.succeed(stack, "destroy", "-auto-approve", "-input=false");
    expect(bench.sandbox.objects(stack)).toEqual([]);
  });
});

test("names are taken in the region that a resource says, and imported from there", async () => {
  const bench = new Workbench();
  const topics = { here: { name: "events" }, there: { name: "events", region: "us-east-1" } };
  bench.write("first", { ...PROVIDERS, resource: { aws_sns_topic: topics } });
  await bench.succeed("first", "init", "-input=false");
  expect(await bench.apply("first")).toEqual([]);
  bench.write("second", { ...PROVIDERS, resource: { aws_sns_topic: { there: topics.there } } });
  await bench.succeed("second", "init", "-input=false");
  expect((await bench.apply("second")).map(({ summary }) => summary)).toEqual([
    expect.stringContaining("Topic already exists"),
  ]);
  const id = "arn:aws:sns:us-east-1:111122223333:events@us-east-1";
  const config = { import: [{ to: "aws_sns_topic.there", id }], resource: { aws_sns_topic: { there: topics.there } } };
  bench.write("second", { ...PROVIDERS, ...config });
  expect(await bench.apply("second")).toEqual([]);
  expect(await bench.plan("second")).toEqual([]);
  await bench.close();
});
