import { PROVIDERS, Workbench } from "./engine-run";

describe("runs that do not end", () => {
  let bench: Workbench;
  beforeEach(() => {
    bench = new Workbench();
  });
  afterEach(() => bench.close());

  const queue = { for_each: '${toset([for i in range(60) : "q${i}"])}', name: "${each.key}" };
  const many = { ...PROVIDERS, resource: { aws_sqs_queue: { q: queue } } };

  test("after a run was killed, its orphans are removed and the next run succeeds", async () => {
    bench.write("s", many);
    await bench.succeed("s", "init", "-input=false");
    const inState = await bench.applyUntil("s", 5, "SIGKILL");
    const made = bench.sandbox.objects("s").length;
    expect(made).toBeGreaterThan(inState);
    expect((await bench.apply("s"))[0]?.summary).toContain("QueueAlreadyExists");
    await bench.sandbox.removeOrphans("s", bench.known("s"));
    expect(await bench.apply("s")).toEqual([]);
    expect([bench.sandbox.objects("s").length, await bench.plan("s")]).toEqual([60, []]);
  });

  test("an interrupted run stops early, forgets nothing, and is finished by the next one", async () => {
    bench.write("s", many);
    await bench.succeed("s", "init", "-input=false");
    const inState = await bench.applyUntil("s", 5, "SIGINT");
    expect([inState, inState < 60]).toEqual([bench.sandbox.objects("s").length, true]);
    expect(await bench.apply("s")).toEqual([]);
    expect([bench.sandbox.objects("s").length, await bench.plan("s")]).toEqual([60, []]);
  });
});
