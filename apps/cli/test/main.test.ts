import { main } from "../src/main";

const streams = [process.stdout, process.stderr] as const;
const before = { tty: streams.map(({ isTTY }) => isTTY), environment: process.env };

beforeEach(() => {
  const { NO_COLOR: _noColour, TERM: _term, ...environment } = before.environment;
  process.env = environment;
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = before.environment;
  for (const [place, stream] of streams.entries()) stream.isTTY = before.tty[place]!;
});

/** What a person sees who types these words at a terminal. */
async function typed(line: string): Promise<string> {
  let seen = "";
  for (const stream of streams) {
    stream.isTTY = true;
    jest.spyOn(stream, "write").mockImplementation((text) => {
      seen += String(text);
      return true;
    });
  }
  await main(line.split(" "));
  return seen;
}

const LINES = [
  ["wrong usage", "plna"],
  ["an error", "-C none list"],
  ["a result", "explain PVD1003"],
] as const;

test.each(LINES)("%s has colours at a terminal: paved %s", async (_what, line) => {
  expect(await typed(line)).toContain("\u001b[");
});

test.each(LINES)("%s has none with NO_COLOR or --no-color: paved %s", async (_what, line) => {
  const plain = await typed(`${line} --no-color`);
  expect(plain).toMatch(/^PVD\d{4} /);
  expect(plain).not.toContain("\u001b");
  process.env["NO_COLOR"] = "1";
  expect(await typed(line)).toBe(plain);
});

test.each(["--help", "plan --help", "--version"])("%s has none anywhere", async (line) => {
  const text = await typed(line);
  expect(text.length).toBeGreaterThan(4);
  expect(text).not.toContain("\u001b");
});
