import { edits } from "./kill-table/edits";
import { type Caught, MutantWorkspace } from "./kill-table/mutant-workspace";

/** Two workspaces for two cores; each tries one edit after the other. */
const workspaces = [new MutantWorkspace(), new MutantWorkspace()];
const results = new Map<string, Caught | undefined>();
let untouched: readonly (Caught | undefined)[] = [];

beforeAll(async () => {
  untouched = await Promise.all(workspaces.map((workspace) => workspace.check("--write")));
  const waiting = [...edits];
  const work = async (workspace: MutantWorkspace): Promise<void> => {
    for (let edit = waiting.shift(); edit !== undefined; edit = waiting.shift()) {
      results.set(edit.what, await workspace.judge(edit));
    }
  };
  await Promise.all(workspaces.map(work));
}, 2_700_000);

afterAll(() => workspaces.forEach((workspace) => workspace.remove()));

test("without an edit nothing is caught", async () => {
  expect(untouched).toEqual([undefined, undefined]);
  expect(await workspaces[0]?.compile()).toBeUndefined();
  expect(await workspaces[0]?.check()).toBeUndefined();
  expect(await workspaces[0]?.rehearse()).toBeUndefined();
}, 120_000);

test("a process that has tried edits before synthesizes what a new one does, to the byte", async () => {
  const judged = edits.filter(({ caught }) => caught === "policy");
  for (const workspace of workspaces) {
    expect(await workspace.warm.findings()).toEqual([]);
    let { pid } = workspace.warm;
    let tried = 0;
    // An edit that asks for other packages ends the process.
    for (const edit of judged) {
      if (tried === 5) break;
      await workspace.trying(edit, () => workspace.warm.findings());
      tried = workspace.warm.pid === pid ? tried + 1 : 0;
      ({ pid } = workspace.warm);
    }
    expect(await workspace.warm.findings()).toEqual([]);
    expect([tried, workspace.warm.pid]).toEqual([5, pid]);
    const warm = workspace.synthesized();
    expect(warm.size).toBeGreaterThan(100);
    expect(await workspace.check("--write")).toBeUndefined();
    expect(workspace.synthesized()).toEqual(warm);
  }
}, 600_000);

test("what catches an edit is what the command itself says", async () => {
  const checked = edits.filter(({ caught }) => caught === "synth" || caught === "policy");
  const [workspace] = workspaces;
  for (const edit of checked.filter((_, index) => index % 50 === 0)) {
    const said = await workspace?.trying(edit, () => workspace.check());
    expect({ what: edit.what, ...said }).toEqual({ what: edit.what, ...results.get(edit.what) });
  }
}, 600_000);

test.each(edits.map((edit) => [edit.what, edit] as const))("caught: %s", (what, { caught, by }) => {
  const found = results.get(what);
  expect({ stage: found?.stage, by: found?.by }).toEqual({ stage: caught, by: expect.arrayContaining([by]) });
});
