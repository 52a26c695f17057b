import { runProcess } from "../src";

/** Says its process id, and would go on for a minute. */
const ENDLESS = "console.log(process.pid); setTimeout(() => {}, 60_000)";

const run = (signal: AbortSignal, onLine?: (line: string) => void, script = ENDLESS) =>
  runProcess({
    program: process.execPath,
    arguments: ["-e", script],
    directory: __dirname,
    environment: {},
    onLine,
    signal,
  });

test("a program that is stopped has ended when its reason is thrown", async () => {
  const [stopping, reason] = [new AbortController(), new Error("stopped")];
  let pid = 0;
  const ended = run(stopping.signal, (line) => {
    pid = Number(line);
    stopping.abort(reason);
  });
  await expect(ended).rejects.toBe(reason);
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
});

test("a program that ends well all the same has done what it was asked to", async () => {
  const stopping = new AbortController();
  const heedless = "process.on('SIGTERM', () => { console.log('done'); process.exit(0); }); " + ENDLESS;
  const ended = run(stopping.signal, () => stopping.abort(new Error("stopped")), heedless);
  expect(await ended).toMatchObject({ code: 0, stdout: expect.stringContaining("done") });
});

test("a program that was stopped before it began is not started", async () => {
  const reason = new Error("stopped");
  const lines: string[] = [];
  await expect(run(AbortSignal.abort(reason), (line) => lines.push(line))).rejects.toBe(reason);
  expect(lines).toEqual([]);
});
