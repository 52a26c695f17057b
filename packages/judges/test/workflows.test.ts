import path from "node:path";
import { judgeWorkflows } from "../src";
import { bench, folderWith, INSTALLING_MS } from "./judges-bench";

const workflow = (steps: string) =>
  `name: x\non: push\npermissions: {}\nconcurrency:\n  group: x\n  cancel-in-progress: true\njobs:\n  x:\n    name: x\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n${steps}`;
const judged = (files: Readonly<Record<string, string>>) =>
  judgeWorkflows(path.join(folderWith(files), "workflows"), bench);

test(
  "actionlint and zizmor themselves find what is wrong with a workflow, and say where",
  async () => {
    const faults = await judged({
      "workflows/a.yml": workflow("      - uses: actions/checkout@v4\n      - run: echo ${{ nothing.here }}\n"),
    });
    expect(faults).toContainEqual(expect.objectContaining({ judge: "zizmor", rule: "unpinned-uses", file: "a.yml" }));
    expect(faults).toContainEqual(
      expect.objectContaining({ judge: "actionlint", rule: "expression", file: "a.yml", line: 14 }),
    );
  },
  INSTALLING_MS,
);

test(
  "neither finds anything in one that is right",
  async () => {
    expect(await judged({ "workflows/a.yml": workflow("      - name: say\n        run: echo\n") })).toEqual([]);
  },
  INSTALLING_MS,
);

test(
  "fails with PVD2014 when there is nothing to judge, instead of passing it",
  async () => {
    await expect(judged({ "workflows/readme.txt": "none" })).rejects.toThrow(/PVD2014 .*no workflow/);
  },
  INSTALLING_MS,
);
