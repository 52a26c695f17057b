import type { ServiceCall } from "../src";
import { PROVIDERS, Workbench } from "./engine-run";

const throttled = { code: "ThrottlingException", message: "Rate exceeded" };
const queues = { q: { for_each: '${toset(["a", "b"])}', name: "${each.key}" } };

describe("services that do not answer", () => {
  let bench: Workbench;
  const asked: ServiceCall[] = [];
  beforeEach(async () => {
    asked.length = 0;
    bench = new Workbench();
    bench.write("s", { ...PROVIDERS, resource: { aws_sqs_queue: queues } });
    await bench.succeed("s", "init", "-input=false");
  });
  afterEach(() => bench.close());

  test("a call that is throttled changes nothing, and says what AWS says", async () => {
    bench.outages = (call) => (asked.push(call), throttled);
    const summary = "changing aws_sqs_queue: api error ThrottlingException: Rate exceeded";
    const refused = { severity: "error", summary, detail: "The service did not answer as it should: run it again." };
    expect(await bench.apply("s")).toMatchObject([refused, refused]);
    expect(bench.sandbox.objects()).toEqual([]);
    expect(asked).toEqual(Array(2).fill({ stack: "s", type: "aws_sqs_queue", operation: "apply" }));
  });

  test("an answer that is lost leaves what was made, which no state knows", async () => {
    bench.outages = ({ operation }) =>
      operation === "apply" ? { code: "InternalError", message: "try again", isDone: true } : undefined;
    expect(await bench.apply("s")).toHaveLength(2);
    expect([bench.sandbox.objects().length, bench.known("s")]).toEqual([2, []]);
    bench.outages = undefined;
    await bench.sandbox.removeOrphans("s", bench.known("s"));
    expect(await bench.apply("s")).toEqual([]);
  });

  test("a plan that cannot read says so", async () => {
    await bench.apply("s");
    bench.outages = ({ operation }) => (operation === "read" ? throttled : undefined);
    const { code, stderr } = await bench.run("s", "plan", "-input=false", "-no-color");
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("reading aws_sqs_queue: api error ThrottlingException"),
    ]);
  });
});
