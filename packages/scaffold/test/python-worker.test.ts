import { readFileSync } from "node:fs";
import path from "node:path";
import { ended, generated, INSTALLING_MS, installPython, SAMPLES, WELL } from "./generated";

const [, all] = SAMPLES["python-worker"]!;
let repository: string;
let programs: string;
beforeAll(async () => {
  repository = await generated("python-worker", all!);
  programs = path.dirname((await installPython(repository)).python);
}, INSTALLING_MS);

/** Commands of the README after those that install. */
const COMMANDS = ["ruff check .", "ruff format --check .", "mypy", "python -m pytest"];

test("README says these commands, in this order", () => {
  const said = readFileSync(path.join(repository, "README.md"), "utf8").matchAll(/^\.venv\/bin\/(?!pip)(.*)$/gm);
  expect([...said].map(([, command]) => command)).toEqual(COMMANDS);
});

// The last starts the worker, beside an SQS and an S3: it answers its probes and metrics, handles a message, and ends.
test.each(COMMANDS)(
  "%s ends well",
  async (command) => {
    const [program = "", ...words] = command.split(" ");
    // As a module: the programs of a room name the place that it was built in.
    const line = program === "python" ? words : ["-m", program, ...words];
    expect(await ended(path.join(programs, "python"), line, repository)).toEqual(WELL);
  },
  INSTALLING_MS,
);
