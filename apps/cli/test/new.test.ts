import { existsSync } from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { ASKED, type QuestionName, scaffoldNamed } from "@paved/scaffold";
import { newService } from "../src/commands/new";
import { SCAFFOLD_COMMANDS } from "../src/command-specs/scaffolds";
import type { OptionValues } from "../src/command-spec";
import type { Happening } from "../src/events/happening";
import { type Asker, Cancelled } from "../src/new/asker";
import { clackAsker } from "../src/new/clack-asker";
import { type Plan, planNew, type Wanted } from "../src/new/plan";
import { kept } from "./sample-fleet";
import { sampleWorkspace } from "./sample-workspace";

const workspace = sampleWorkspace();
const least = { goldenPath: "node-api", name: "returns", owner: "commerce", organisation: "example" };

/** A plan without a look at Git or a synth: what it publishes is noted. */
function noted(there = false) {
  const done: string[] = [];
  const wanted: Wanted[] = [];
  const look = async (_: unknown, each: Wanted): Promise<Plan> => {
    wanted.push(each);
    const registration = {
      branch: `add-${each.answers.name}`,
      there,
      files: ["a", "b"],
      publish: () => void done.push("branch"),
    };
    const rendered = { repository: new Map([["README.md", ""]]), registration: new Map([["a", ""]]) };
    return { ...each, rendered, registration, repository: { there, publish: () => void done.push("repository") } };
  };
  return { done, wanted, look: look as typeof planNew };
}

/** Somebody who gives these answers, by what the prompt begins with, and is shown what is about to be made. */
function somebody(answers: Readonly<Record<string, string | undefined>>, agrees: boolean | "leaves") {
  const asked: string[] = [];
  const shown: string[] = [];
  const asker: Asker = {
    choose: async ({ message, options, usual = options[0]!.value }) => {
      const title = message.split(":")[0]!;
      asked.push(title);
      const answer = answers[title] ?? usual;
      expect(options.map(({ value }) => value)).toContain(answer);
      return answer;
    },
    ask: async ({ message, fault }) => {
      const title = message.split(":")[0]!;
      asked.push(title);
      expect(fault(answers[title])).toBeUndefined();
      return answers[title];
    },
    show: (_title, text) => void shown.push(text),
    agree: async () => {
      if (agrees === "leaves") throw new Cancelled();
      return agrees;
    },
  };
  return { asker, asked, shown };
}

async function run(options: OptionValues, asker?: Asker, plan = noted()) {
  const { terminal, out, err } = kept();
  const happenings: Happening[] = [];
  const happened = (happening: Happening) => void happenings.push(happening);
  const code = await newService({ workspace, terminal, arguments: [], options, happened }, asker, plan.look);
  return { code, out: out.join("\n"), err: err.join("\n"), happenings, ...plan };
}

test("every question is a flag of the command", () => {
  const flags = SCAFFOLD_COMMANDS[0]!.options.map(({ flags: each }) => each);
  expect(flags).toEqual(expect.arrayContaining(["--on-call <answer>", "--expose-at <answer>"]));
  expect(flags.filter((each) => each.endsWith("<answer>"))).toHaveLength(Object.keys(ASKED).length);
});

test("what no flag says is asked, in order, and shown before anything is made", async () => {
  const named = { Name: "mailer", Owner: "growth", Organisation: "example" };
  const answers = { "Golden path": "python-worker", ...named, Database: "small" };
  const { asker, asked, shown } = somebody(answers, true);
  const { code, done, wanted } = await run({ attempts: "3" }, asker);
  expect(code).toBe(0);
  const titles = (Object.keys(ASKED) as QuestionName[])
    .filter((name) => !["exposeAt", "attempts", "host"].includes(name))
    .map((name) => ASKED[name].title);
  expect(asked).toEqual(["Golden path", ...titles]);
  expect(wanted[0]?.answers).toMatchObject({ name: "mailer", onCall: "growth-primary", attempts: 3 });
  expect(wanted[0]?.answers).toMatchObject({ database: "small", cache: "none" });
  const { version } = scaffoldNamed("python-worker");
  expect(shown[0]).toMatch(new RegExp(`Golden path +python-worker@${version}\nName +mailer\n`));
  expect(done).toEqual(["repository", "branch"]);
});

test.each([false, "leaves"] as const)("who does not agree (%s) gets nothing", async (agrees) => {
  const { asker } = somebody({}, agrees);
  expect(await run(least, asker)).toMatchObject({ code: 130, err: "stopped: nothing was written", done: [] });
});

test("who leaves at a question gets nothing", async () => {
  const asker = { ...somebody({}, true).asker, ask: () => Promise.reject(new Cancelled()) };
  expect(await run({ goldenPath: "node-api" }, asker)).toMatchObject({ code: 130, done: [], wanted: [] });
});

test("with --dry-run nothing is made, and the command line that makes it is said", async () => {
  const { code, out, done } = await run({ ...least, description: "it's kept", dryRun: true, into: "../else where" });
  expect({ code, done }).toEqual({ code: 0, done: [] });
  expect(out).toMatch(
    /npx paved new --golden-path node-api --name returns .* --description 'it'\\''s kept' .* --into '\.\.\/else where' --yes$/,
  );
});

test("as JSON it is one document, with what to do next", async () => {
  const { out } = await run({ ...least, yes: true, json: true });
  expect(JSON.parse(out)).toMatchObject({
    goldenPath: "node-api",
    version: scaffoldNamed("node-api").version,
    answers: { name: "returns", tier: 3 },
    registration: { status: "made", branch: "add-returns" },
    repository: { status: "made", directory: path.join(path.dirname(workspace.root), "returns") },
    next: ["git switch add-returns", "npx paved rehearse --env staging --service returns"],
  });
});

test("what is there already is said to be, and nobody is asked to agree", async () => {
  const { asker } = somebody({}, "leaves");
  const { code, out } = await run(least, asker, noted(true));
  expect(code).toBe(0);
  expect(out).toContain("git switch add-returns");
});

describe("the request for the service, which the event log has", () => {
  test("is for what is about to be made", async () => {
    const { happenings } = await run({ ...least, yes: true });
    expect(happenings).toEqual([{ kind: "request", subject: "service", name: "returns" }]);
  });

  test("is none with --dry-run, for what is there already, or without an agreement", async () => {
    const { asker } = somebody({}, false);
    const runs = [
      await run({ ...least, dryRun: true }),
      await run({ ...least, yes: true }, undefined, noted(true)),
      await run(least, asker),
    ];
    expect(runs.flatMap(({ happenings }) => happenings)).toEqual([]);
  });
});

test("fails with PVD4003 when there is nobody to ask, before anything is looked at", async () => {
  const plan = noted();
  await expect(run(least, undefined, plan)).rejects.toThrow(/PVD4003 --yes: .*add --yes, or --dry-run/);
  expect(plan.wanted).toEqual([]);
});

test("fails with PVD4005 for answers that are wrong, and looks at nothing", async () => {
  const plan = noted();
  await expect(run({ ...least, name: "Returns", yes: true }, undefined, plan)).rejects.toThrow(/PVD4005 --name/);
  expect(plan.wanted).toEqual([]);
  expect(existsSync(path.join(path.dirname(workspace.root), "Returns"))).toBe(false);
});

describe("a person at a terminal", () => {
  const text = {
    message: "Name",
    usual: undefined,
    example: "orders",
    fault: (answer?: string) => (answer ? undefined : "a name"),
  };
  function atTerminal(...keys: readonly string[]) {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
    let shown = "";
    output.on("data", (chunk: Buffer) => (shown += chunk.toString()));
    const asker = clackAsker({ input, output });
    keys.forEach((key, index) => setTimeout(() => input.write(key), 20 * (index + 1)));
    return { asker, shown: () => shown };
  }

  test("types an answer", async () => {
    expect(await atTerminal("returns", "\r").asker.ask(text)).toBe("returns");
  });

  test("is told what is wrong, and asked again", async () => {
    const { asker, shown } = atTerminal("\r", "x", "\r");
    expect(await asker.ask(text)).toBe("x");
    expect(shown()).toContain("a name");
  });

  test("takes what is usual by saying nothing, and sees what it is", async () => {
    const { asker, shown } = atTerminal("\r");
    expect(await asker.ask({ ...text, usual: "3", fault: () => undefined })).toBe("3");
    expect(shown()).toContain("(Enter)");
  });

  test("chooses, agrees and is shown what is about to be made", async () => {
    const options = ["one", "two"].map((value) => ({ value, label: value, hint: "" }));
    expect(await atTerminal("\u001B[B", "\r").asker.choose({ message: "Which", options })).toBe("two");
    expect(await atTerminal("\r").asker.choose({ message: "Which", options, usual: "two" })).toBe("two");
    expect(await atTerminal("y").asker.agree("Make it?")).toBe(true);
    expect(await atTerminal("\r").asker.agree("Make it?")).toBe(false);
    const { asker, shown } = atTerminal();
    asker.show("Title", "the text");
    expect(shown()).toContain("the text");
  });

  test.each(["ask", "choose", "agree"] as const)("leaves by Ctrl-C when asked to %s", async (how) => {
    const { asker } = atTerminal("\u0003");
    const asked = {
      ask: () => asker.ask(text),
      choose: () => asker.choose({ message: "Which", options: [{ value: "one", label: "one", hint: "" }] }),
      agree: () => asker.agree("Make it?"),
    };
    await expect(asked[how]()).rejects.toBeInstanceOf(Cancelled);
  });
});
