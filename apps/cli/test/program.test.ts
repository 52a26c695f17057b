import { COMMANDS, GLOBAL_OPTIONS } from "../src/command-table";
import { EXIT_CODES, exitCodeFor } from "../src/exit-codes";
import { createProgram, describeCommands } from "../src/program";

interface Outcome {
  readonly printed: string;
  readonly complained: string;
  readonly chosen?: { readonly name: string; readonly arguments: readonly string[]; readonly options: object };
}

async function parse(...words: string[]): Promise<Outcome> {
  let printed = "";
  let complained = "";
  let chosen: Outcome["chosen"];
  const program = createProgram("1.2.3", async ({ name }, parsed) => void (chosen = { name, ...parsed }));
  for (const command of [program, ...program.commands, ...program.commands.flatMap((group) => group.commands)]) {
    command.configureOutput({
      writeOut: (text) => (printed += text),
      writeErr: (text) => (complained += text),
    });
  }
  await program.parseAsync(words, { from: "user" }).catch((error: Error) => (complained += error.message));
  return { printed, complained, chosen };
}

test("help names every command, the exit codes and the global options", async () => {
  const { printed } = await parse("--help");
  for (const { name, summary } of COMMANDS.filter(({ name }) => !name.includes(" "))) {
    expect(printed).toMatch(new RegExp(`^  ${name}\\b`, "m"));
    expect(printed.replaceAll(/\s+/g, " ")).toContain(summary);
  }
  for (const { flags } of GLOBAL_OPTIONS) expect(printed).toContain(flags);
  for (const { code, meaning } of Object.values(EXIT_CODES)) {
    expect(printed).toMatch(new RegExp(`^  ${code} +${meaning.split(";")[0]}`, "m"));
  }
});

test.each(COMMANDS)("paved $name --help names its options, arguments and examples", async (spec) => {
  const { printed } = await parse(...spec.name.split(" "), "--help");
  expect(printed).toContain(`paved ${spec.name}`);
  for (const { flags } of spec.options) expect(printed).toContain(flags);
  for (const { name } of spec.arguments ?? []) expect(printed).toContain(name);
  expect(spec.examples).not.toEqual([]);
  for (const example of spec.examples) expect(printed).toContain(example);
});

test.each(COMMANDS.flatMap(({ examples }) => examples))("the example %s parses", async (example) => {
  const { chosen, complained } = await parse(...example.split(" ").slice(1));
  expect({ complained, chosen: chosen !== undefined }).toEqual({ complained: "", chosen: true });
});

test.each(COMMANDS)("paved $name has work to do", async ({ load }) => expect(await load()).toBeInstanceOf(Function));

test("the table as data has no code in it, and everything else", () => {
  const { commands } = JSON.parse(JSON.stringify(describeCommands())) as { commands: { name: string }[] };
  expect(commands.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));
  expect(commands[0]).not.toHaveProperty("load");
});

test("environments and services may be given more than once, or with commas", async () => {
  const { chosen } = await parse("plan", "--env", "dev,staging", "-e", "production", "-s", "orders");
  expect(chosen).toMatchObject({
    name: "plan",
    options: { env: ["dev", "staging", "production"], service: ["orders"], synth: true, concurrency: "2" },
  });
});

test.each([
  [["plna"], "(Did you mean plan?)"],
  [["plan", "--evn", "dev"], "(Did you mean --env?)"],
  [["plan", "--env"], "argument missing"],
  [["plan", "everything"], "too many arguments"],
  [["graph", "--format", "png"], "Allowed choices are mermaid, dot, svg, json"],
  [["sandbox", "rest"], "(Did you mean reset?)"],
  [["sandbox", "drift", "a"], "missing required argument 'attribute'"],
  [["explain"], "missing required argument 'subject'"],
  [["help", "plna"], "unknown command 'plna'"],
])("%j is refused: %s", async (words, message) => {
  const { complained, chosen } = await parse(...words);
  expect(complained).toContain(message);
  expect(chosen).toBeUndefined();
});

const finding = (code: string, where = "orders") => ({ code, where });

test.each([
  [[], 1],
  [[finding("PVD1003")], 1],
  [[finding("PVD4002")], 2],
  [[finding("PVD1001", "--env")], 2],
  [[finding("PVD4002"), finding("PVD1003")], 1],
  [[finding("PVD1003"), finding("PVD2006")], 130],
])("findings %j end with %i", (findings, code) => expect(exitCodeFor(findings)).toBe(code));
