import path from "node:path";
import { judgeDockerfile } from "../src";
import { bench, folderWith, INSTALLING_MS } from "./judges-bench";

const judged = (text: string) => judgeDockerfile(path.join(folderWith({ Dockerfile: text }), "Dockerfile"), bench);

test(
  "hadolint itself finds what is wrong with a Dockerfile, and says where",
  async () => {
    const faults = await judged("FROM debian\nRUN apt-get install curl\n");
    expect(faults).toContainEqual(expect.objectContaining({ rule: "DL3006", line: 1 }));
    expect(faults).toContainEqual(expect.objectContaining({ rule: "DL3008", line: 2 }));
  },
  INSTALLING_MS,
);

test(
  "a comment in the Dockerfile does not silence it",
  async () => {
    expect(await judged("# hadolint ignore=DL3006\nFROM debian\n")).toEqual([
      expect.objectContaining({ rule: "DL3006" }),
    ]);
  },
  INSTALLING_MS,
);

test(
  "it finds nothing in one that is right",
  async () => expect(await judged(`FROM debian:12@sha256:${"0".repeat(64)}\nUSER 10001\n`)).toEqual([]),
  INSTALLING_MS,
);

test(
  "fails with PVD2014 when there is no Dockerfile, instead of passing it",
  async () => {
    const nowhere = path.join(folderWith({ other: "" }), "Dockerfile");
    await expect(judgeDockerfile(nowhere, bench)).rejects.toThrow(/PVD2014 hadolint/);
  },
  INSTALLING_MS,
);
