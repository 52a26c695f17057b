import { createProgram, Refusal } from "../src/program";
import { usageError } from "../src/usage-error";

/** What is wrong with a command line, one line a finding. */
async function wrong(...words: string[]): Promise<string[]> {
  const program = createProgram("1.2.3", async () => {});
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    if (error instanceof Refusal) return usageError(error).message.split("\n");
    throw error;
  }
  return [];
}

const COMMANDS =
  "new, upgrade-service, deploy, promote, rollback, copy-images, deliver, withdraw, synth, plan, apply, approve, drift, import, destroy, rehearse, unlock, check, affected, impact, validate-output, judge, pipeline, status, logs, events, open, deviations, adoption, metrics, list, fleet, golden-paths, graph, explain, environments, new-environment, remove-environment, lock, setup, doctor, sandbox, help";

test.each([
  ["plna", "PVD4003 paved: got plna, want a command; did you mean plan?"],
  ["frobnicate", `PVD4003 paved: got frobnicate, want a command; use one of ${COMMANDS}`],
  ["sandbox rest", "PVD4003 paved sandbox: got rest, want a command; did you mean reset?"],
  ["help sandbox rest", "PVD4003 paved sandbox: got rest, want a command; did you mean reset?"],
  ["help list more", "PVD4003 paved list: got more, want no more words; see paved list --help"],
  ["it's", `PVD4003 paved: got it's, want a command; use one of ${COMMANDS}`],
])("fails with PVD4003 on an unknown command: %s", async (line, message) => {
  expect(await wrong(...line.split(" "))).toEqual([message]);
});

test.each([
  ["plan --evn dev", ["PVD4003 paved plan: got --evn, want an option; did you mean --env?"]],
  ["--directroy x list", ["PVD4003 paved: got --directroy, want an option; did you mean --directory?"]],
  [
    "list --evn=dev --servce orders --env dev",
    [
      expect.stringMatching(
        /^PVD4003 paved list: got --evn, want an option; use one of --env, --service, --json, .*--help$/,
      ),
      "PVD4003 paved list: got --servce, want an option; did you mean --service?",
    ],
  ],
  [
    "explain orders --jsno -- --not-an-option",
    ["PVD4003 paved explain: got --jsno, want an option; did you mean --json?"],
  ],
])("fails with PVD4003 on every unknown option at once: %s", async (line, messages) => {
  expect(await wrong(...line.split(" "))).toEqual(messages);
});

test("fails with PVD4003 on every missing argument at once, each with what it is", async () => {
  const attribute =
    "PVD4003 paved sandbox drift: got nothing, want <attribute>: the attribute to set; see paved sandbox drift --help";
  expect(await wrong("sandbox", "drift", "aws_vpc.a")).toEqual([
    attribute,
    "PVD4003 paved sandbox drift: got nothing, want <value>: the new value, read as the attribute's type; " +
      "see paved sandbox drift --help",
  ]);
  expect(await wrong("sandbox", "drift")).toHaveLength(3);
});

test.each([
  ["plan --env", "PVD4003 --env: got nothing, want a value; write --env <name>"],
  ["--directory", "PVD4003 --directory: got nothing, want a value; write --directory <path>"],
  [
    "plan --env dev,",
    'PVD4003 --env: got "dev,", want names parted by commas, none of them empty; see paved plan --help',
  ],
  ["graph --format svgg", "PVD4003 --format: got svgg, want one of mermaid, dot, svg, json; did you mean svg?"],
  ["graph -f png", "PVD4003 --format: got png, want one of mermaid, dot, svg, json; see paved graph --help"],
])("fails with PVD4003 on an option's value: %s", async (line, message) => {
  expect(await wrong(...line.split(" "))).toEqual([message]);
});

test("fails with PVD4003 when a variable that was to hold a name is empty", async () => {
  expect(await wrong("destroy", "--service", "")).toEqual([
    expect.stringMatching(/^PVD4003 --service: got "", want names/),
  ]);
});

test("fails with PVD4003 on words too many", async () => {
  expect(await wrong("list", "dev", "staging")).toEqual([
    "PVD4003 paved list: got dev staging, want no more words; leave out dev staging",
  ]);
});

test.each([["sandbox drift aws_vpc.a max_size -5"], ["explain -- --odd"], ["list -C there"]])(
  "%s is no wrong usage",
  async (line) => expect(await wrong(...line.split(" "))).toEqual([]),
);

test("a reason that is new in the parser is still told", () => {
  const command = createProgram("1.2.3", async () => {});
  expect(usageError({ command, code: "commander.new", message: "error: no such luck" }).message).toBe(
    "PVD4003 paved: got no such luck, want a known command line; see paved --help",
  );
});
