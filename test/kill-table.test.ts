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

test.each(edits.map((edit) => [edit.what, edit] as const))("caught: %s", (what, { caught, by }) => {
  const found = results.get(what);
  expect({ stage: found?.stage, by: found?.by }).toEqual({ stage: caught, by: expect.arrayContaining([by]) });
});
