import { DEFAULT_CONCURRENCY } from "@paved/pipeline";
import { COMMANDS, GLOBAL_OPTIONS } from "../src/command-table";
import { EXIT_CODES, exitCodeFor } from "../src/exit-codes";
import { createProgram, describeCommands, Refusal } from "../src/program";

interface Outcome {
  readonly printed: string;
  readonly complained: string;
  /** Whether the parser said no to the command line. */
  readonly refused: boolean;
  readonly chosen?: { readonly name: string; readonly arguments: readonly string[]; readonly options: object };
}

async function parse(...words: string[]): Promise<Outcome> {
  let printed = "";
  let complained = "";
  let refused = false;
  let chosen: Outcome["chosen"];
  const program = createProgram("1.2.3", async ({ name }, parsed) => void (chosen = { name, ...parsed }));
  for (const command of [program, ...program.commands, ...program.commands.flatMap((group) => group.commands)]) {
    command.configureOutput({
      writeOut: (text) => (printed += text),
      writeErr: (text) => (complained += text),
    });
  }
  await program.parseAsync(words, { from: "user" }).catch((error: Error) => (refused = error instanceof Refusal));
  return { printed, complained, refused, chosen };
}

test("the parser knows the commands and options of the table, and none beside", () => {
  const program = createProgram("1.2.3", async () => {});
  const known = program.commands.flatMap((command) =>
    command.commands.length === 0
      ? [[command.name(), command] as const]
      : command.commands.map((child) => [`${command.name()} ${child.name()}`, child] as const),
  );
  const flagsOf = (options: readonly { readonly flags: string }[]) => options.map(({ flags }) => flags);
  expect(known.map(([name, { options }]) => [name, flagsOf(options)])).toEqual([
    ...COMMANDS.map(({ name, options }) => [name, flagsOf(options)]),
    ["help", ["--json"]],
  ]);
});

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
  const text = printed.replaceAll(/\s+/g, " ");
  for (const option of spec.options) {
    expect(text).toContain(`${option.flags} ${option.description}${option.repeatable ? "; may be repeated" : ""}`);
    if (option.default !== undefined) expect(text).toContain(`default: "${option.default}")`);
    if (option.choices !== undefined)
      expect(text).toContain(`choices: ${option.choices.map((c) => `"${c}"`).join(", ")}`);
  }
  for (const { name, description } of spec.arguments ?? []) {
    expect(text).toContain(`${name.replaceAll(/[<>[\]]/g, "")} ${description}`);
  }
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

test("help of some words is what these words print with --help", async () => {
  for (const words of [[], ["plan"], ["sandbox"], ["sandbox", "drift"]]) {
    const { printed } = await parse("help", ...words);
    expect(printed).toMatch(new RegExp(`^Usage: ${["paved", ...words].join(" ")} `));
    expect(printed).toBe((await parse(...words, "--help")).printed);
  }
});

test("the table as data can be that of some words only", () => {
  const names = (...words: string[]) =>
    (describeCommands(words) as { commands: { name: string }[] }).commands.map(({ name }) => name);
  expect(names("plan")).toEqual(["plan"]);
  expect(names("sandbox").map((name) => name.replace("sandbox ", ""))).toEqual([
    "objects",
    "drift",
    "reset",
    "up",
    "status",
    "logs",
    "down",
  ]);
  expect(names("sandbox", "drift")).toEqual(["sandbox drift"]);
});

test("as many stacks run at once as help says", () => {
  const defaults = COMMANDS.flatMap(({ options }) => options.filter(({ flags }) => flags.startsWith("--concurrency")));
  expect(defaults).not.toEqual([]);
  for (const option of defaults) expect(option.default).toBe(String(DEFAULT_CONCURRENCY));
});

test("environments and services may be given more than once, or with commas", async () => {
  const { chosen } = await parse("plan", "--env", "dev,staging", "-e", "production", "-s", "orders");
  expect(chosen).toMatchObject({
    name: "plan",
    options: { env: ["dev", "staging", "production"], service: ["orders"], synth: true, concurrency: "2" },
  });
});

test.each(["plna", "plan --evn dev", "plan --env", "plan everything", "explain", "help plna"])(
  "%s is refused before any work, and the parser prints nothing by itself",
  async (line) => {
    const { refused, printed, complained, chosen } = await parse(...line.split(" "));
    expect({ refused, printed, complained, chosen }).toEqual({ refused: true, printed: "", complained: "" });
  },
);

const finding = (code: string, where = "orders") => ({ code, where });

test.each([
  [[], 1],
  [[finding("PVD1003")], 1],
  [[finding("PVD4002")], 2],
  [[finding("PVD1001", "--env")], 2],
  [[finding("PVD4002"), finding("PVD1003")], 1],
  [[finding("PVD1003"), finding("PVD2006")], 130],
])("findings %j end with %i", (findings, code) => expect(exitCodeFor(findings)).toBe(code));
