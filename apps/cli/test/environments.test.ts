import { writeFileSync } from "node:fs";
import path from "node:path";
import type { PreparedChange } from "@paved/pipeline";
import { environmentsCommand } from "../src/commands/environments";
import { newEnvironment } from "../src/commands/new-environment";
import { removeEnvironmentCommand } from "../src/commands/remove-environment";
import { checkCommand } from "../src/commands/check";
import type { OptionValues } from "../src/command-spec";
import type { AnsweredEnvironment } from "../src/environments/answers";
import type { Happening } from "../src/events/happening";
import { type Asker, Cancelled } from "../src/new/asker";
import { index, kept } from "./sample-fleet";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const [dev, production] = index.environments;
const preview = { ...dev!, name: "preview", ephemeral: { owner: "commerce", expires: "2026-12-05" } };
const withPreview = { ...index, environments: [dev, preview, production] };
beforeEach(() => write(workspace, "cdktf.out/paved.json", JSON.stringify(index)));

describe("paved environments", () => {
  const environments = (options: OptionValues) => run(environmentsCommand, workspace, { options });
  beforeEach(() => write(workspace, "cdktf.out/paved.json", JSON.stringify(withPreview)));

  test("lists them in their order, with whose and until when", async () => {
    const { code, out } = await environments({ today: "2026-11-28" });
    expect(code).toBe(0);
    expect(out).toMatch(
      /dev .*it lasts[^]*preview .*2026-12-05: 7 days, commerce[^]*production .* protected .*it lasts/,
    );
  });

  test("says what has expired, and fails with --expired alone", async () => {
    expect(await environments({ today: "2026-12-05" })).toMatchObject({ code: 0, err: "" });
    const { code, out, err } = await environments({ today: "2026-12-05", expired: true });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^PVD2203 environments\/src\/preview\.ts/) });
    expect(out).toContain("2026-12-05: EXPIRED, commerce");
    expect(await environments({ today: "2026-12-04", expired: true })).toMatchObject({ code: 0, err: "" });
  });

  test("as JSON it is what the index has, with the days that are left", async () => {
    const { out } = await environments({ today: "2026-11-28", json: true });
    expect(JSON.parse(out)).toEqual({ environments: [dev, { ...preview, daysLeft: 7 }, production], errors: [] });
  });
});

test("paved check tells of what is about to expire, and does not fail for it", async () => {
  await run(checkCommand, workspace, { options: { today: "2026-12-04", write: true } });
  write(workspace, "cdktf.out/paved.json", JSON.stringify(withPreview));
  const { code, out } = await run(checkCommand, workspace, { options: { today: "2026-12-04" } });
  expect(code).toBe(0);
  expect(out).toContain("note: the environment preview of commerce expires in 1 day, on 2026-12-05");
});

describe("paved new-environment", () => {
  const least = { account: "444444444444", after: "dev" };
  const answers = { domain: "qa.example.com", cidr: "10.40.0.0/16" };

  /** What would be made, without a look at Git or a synth: what it publishes is noted. */
  function noted(there = false) {
    const done: string[] = [];
    const asked: AnsweredEnvironment[] = [];
    const look = async (_: unknown, each: AnsweredEnvironment): Promise<PreparedChange> => {
      asked.push(each);
      return {
        branch: `add-environment-${each.name}`,
        there,
        files: ["a", "b"],
        publish: () => void done.push(each.name),
      };
    };
    return { done, asked, look };
  }

  async function made(options: OptionValues, asker?: Asker, plan = noted()) {
    const { terminal, out, err } = kept();
    const happenings: Happening[] = [];
    const happened = (happening: Happening) => void happenings.push(happening);
    const context = { workspace, terminal, arguments: ["qa"], options: { synth: false, ...options }, happened };
    const code = await newEnvironment(context, asker, plan.look);
    return { code, out: out.join("\n"), err: err.join("\n"), happenings, ...plan };
  }

  /** Somebody who gives these answers, by what the prompt begins with. */
  function somebody(said: Readonly<Record<string, string>>, agrees: boolean) {
    const titles: string[] = [];
    const shown: string[] = [];
    const asker: Asker = {
      choose: async ({ message }) => {
        titles.push(message);
        return said[message]!;
      },
      ask: async ({ message, fault }) => {
        const title = message.split(":")[0]!;
        titles.push(title);
        expect(fault(said[title])).toBeUndefined();
        return said[title];
      },
      show: (_title, text) => void shown.push(text),
      agree: async () => agrees,
    };
    return { asker, titles, shown };
  }

  test("asks for what no flag says, in order, shows what it is about to make, and makes it when somebody agrees", async () => {
    const { asker, titles, shown } = somebody({ "How long": "ephemeral", Owner: "commerce", Days: "7" }, true);
    const { done, asked } = await made({ ...least, today: "2026-11-28" }, asker);
    expect(titles).toEqual(["How long", "Like", "Region", "IPv4 range", "Domain", "Owner", "Days"]);
    expect(shown[0]).toMatch(
      /^Name +qa\nAccount +444444444444\n[^]*\nExpires +2026-12-05\n\nbranch add-environment-qa/,
    );
    expect(asked[0]?.ephemeral).toEqual({ owner: "commerce", expires: "2026-12-05" });
    expect(done).toEqual(["qa"]);
  });

  test("who does not agree, or leaves at a question, gets nothing", async () => {
    const { asker } = somebody({ "How long": "lasting" }, false);
    const leaves = { ...asker, choose: () => Promise.reject(new Cancelled()) };
    for (const each of [asker, leaves]) {
      expect(await made({ ...least, ...answers }, each)).toMatchObject({
        code: 130,
        err: "stopped: nothing was written",
        done: [],
        happenings: [],
      });
    }
  });

  test("with --dry-run nothing is made, and the command line that makes it is said", async () => {
    const { out, done, happenings } = await made({ ...least, ...answers, dryRun: true });
    expect({ done, happenings }).toEqual({ done: [], happenings: [] });
    expect(out).toMatch(
      /npx paved new-environment qa --account 444444444444 --after dev --like dev --region eu-west-1 --cidr 10\.40\.0\.0\/16 --domain qa\.example\.com --yes$/,
    );
  });

  test("as JSON it is one document, with what to do next", async () => {
    const { out } = await made({ ...least, ...answers, yes: true, json: true });
    expect(JSON.parse(out)).toMatchObject({
      environment: "qa",
      answers: { ...least, ...answers, like: "dev" },
      ephemeral: false,
      status: "made",
      branch: "add-environment-qa",
      next: ["git switch add-environment-qa", "npx paved rehearse --env qa"],
    });
  });

  test("the request is in the event log, where something is made", async () => {
    const { happenings } = await made({ ...least, ...answers, yes: true });
    expect(happenings).toEqual([{ kind: "request", subject: "environment", name: "qa" }]);
    expect((await made({ ...least, ...answers, yes: true }, undefined, noted(true))).happenings).toEqual([]);
  });

  test("fails with PVD4003 when there is nobody to ask, and PVD4005 for wrong answers, before anything is looked at", async () => {
    const plan = noted();
    await expect(made(least, undefined, plan)).rejects.toThrow("PVD4003 --yes");
    await expect(made({ ...least, account: "12", yes: true }, undefined, plan)).rejects.toThrow("PVD4005 --account");
    expect(plan.asked).toEqual([]);
  });
});

describe("paved remove-environment", () => {
  const removed = (name: string, options: OptionValues = { yes: true }) =>
    run(removeEnvironmentCommand, workspace, { arguments: [name], options });
  beforeEach(() => write(workspace, "environments/src/dev.ts", ""));

  test("fails with PVD4003 when nobody agrees", async () => {
    await expect(removed("dev", {})).rejects.toThrow("PVD4003 --yes");
  });

  test("fails with PVD1001 for one that is not there, with the likely one", async () => {
    await expect(removed("dv")).rejects.toThrow(/^PVD1001 <name>: got dv, .*did you mean dev\?$/);
  });

  test("fails with PVD4003 for the only one that is protected", async () => {
    await expect(removed("production")).rejects.toThrow("PVD4003 <name>: got production, the only environment");
  });

  test("fails with PVD4003 while another is made like it, by file", async () => {
    writeFileSync(path.join(workspace.root, "environments/src/preview.ts"), 'import { dev } from "./dev";\n');
    await expect(removed("dev")).rejects.toThrow(
      "PVD4003 environments/src/preview.ts: got an environment that is made like dev",
    );
    write(workspace, "environments/src/preview.ts", "");
  });

  test("one that is written down as removed is left so", async () => {
    write(workspace, "environments/removed.txt", "preview 444444444444\n");
    expect(await removed("preview")).toMatchObject({ code: 0, err: "preview is removed already" });
  });
});
