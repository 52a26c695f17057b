import path from "node:path";
import { lastWords, pythonRoom, runProcess } from "@paved/python";
import { Bench, type BenchOptions, cannotJudge } from "../bench";

/** Something that is wrong with a Dockerfile. */
export interface DockerfileFault {
  /** Rule of hadolint, for example `DL3006`, or of shellcheck. */
  readonly rule: string;
  readonly line: number;
  readonly message: string;
}

interface RawFault {
  readonly code: string;
  readonly line: number;
  readonly message: string;
}

/**
 * Lets hadolint judge a Dockerfile, by all its rules: no settings of the user reach it.
 * @throws PavedError PVD2014 when it cannot be installed or breaks down
 */
export async function judgeDockerfile(file: string, options: BenchOptions): Promise<readonly DockerfileFault[]> {
  const bench = new Bench(options);
  const { python } = await pythonRoom(bench.room);
  const end = await runProcess({
    program: path.join(path.dirname(python), "hadolint"),
    arguments: ["--no-color", "--disable-ignore-pragma", "--format", "json", path.resolve(file)],
    // A folder without settings: hadolint looks for some where it is started.
    directory: path.join(bench.home, "home"),
    environment: bench.judging,
  });
  // 1 says that it found something, or could not read the file: then it prints no list.
  if ((end.code === 0 || end.code === 1) && end.stdout.startsWith("[")) {
    const found = JSON.parse(end.stdout) as readonly RawFault[];
    return found.map(({ code, line, message }) => ({ rule: code, line, message }));
  }
  const fix = "look whether the Dockerfile is there; otherwise remove .paved/judges and run the command again";
  throw cannotJudge("hadolint", `it ended with ${end.code}: ${lastWords(end)}`, "a judgement", fix);
}
