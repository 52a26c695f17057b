import { createInterface, type Interface } from "node:readline/promises";
import { confirm } from "../src/terminal/confirm";
import { kept } from "./sample-fleet";

jest.mock("node:readline/promises", () => ({ createInterface: jest.fn() }));

const close = jest.fn();
const question = jest.fn<Promise<string>, [string]>();
const wasTty = process.stdin.isTTY;

beforeEach(() => {
  jest.resetAllMocks();
  jest.mocked(createInterface).mockReturnValue({ question, close } as unknown as Interface);
  process.stdin.isTTY = true;
});
afterAll(() => (process.stdin.isTTY = wasTty));

const ask = (answer: string, tty = true): Promise<void> => {
  question.mockResolvedValue(answer);
  return confirm(kept({ tty }).terminal, "destroy dev-orders in the sandbox?");
};

test("who types yes agrees; the question is on standard error, away from the results", async () => {
  await ask(" yes ");
  expect(question).toHaveBeenCalledWith("destroy dev-orders in the sandbox? Type yes to go on: ");
  expect(createInterface).toHaveBeenCalledWith({ input: process.stdin, output: process.stderr });
  expect(close).toHaveBeenCalledTimes(1);
});

test.each(["", "y", "no", "YES"])("fails with PVD4003 on the answer %p", async (answer) => {
  await expect(ask(answer)).rejects.toThrow(`PVD4003 confirmation: got "${answer}", want yes; type yes, or add --yes`);
  expect(close).toHaveBeenCalledTimes(1);
});

test.each([
  ["the input", true, false],
  ["the output", false, true],
])("fails with PVD4003 when %s is no terminal, without a question", async (_what, tty, input) => {
  process.stdin.isTTY = input;
  await expect(ask("yes", tty)).rejects.toThrow(
    "PVD4003 confirmation: got nobody to ask: this is not a terminal, want yes; add --yes",
  );
  expect(question).not.toHaveBeenCalled();
});
