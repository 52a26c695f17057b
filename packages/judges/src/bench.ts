import path from "node:path";
import { PavedError } from "@paved/model";
import type { PythonRoomOptions } from "@paved/python";

/** Receives one line whenever there is something to tell. */
export type Progress = (line: string) => void;

/** Where judges are installed and what they are started with. */
export interface BenchOptions {
  /** Folder that judges are installed into, created when it is not there, for example `.paved/judges`. */
  readonly home: string;
  /** File with the exact versions of the Python packages: `packages/judges/requirements.txt`. */
  readonly requirements: string;
  /** Where programs are looked for. @default - the PATH of this process */
  readonly searchPath?: string;
  /** Told what goes on while something is installed or downloaded. @default - nobody is */
  readonly progress?: Progress;
}

/** The bench that judges sit on: {@link BenchOptions} resolved. */
export class Bench {
  readonly home: string;
  readonly requirements: string;
  readonly searchPath: string;
  readonly progress: Progress;

  constructor(options: BenchOptions) {
    this.home = path.resolve(options.home);
    this.requirements = path.resolve(options.requirements);
    this.searchPath = options.searchPath ?? process.env["PATH"] ?? "";
    this.progress = options.progress ?? (() => {});
  }

  /**
   * What a judge sees of the environment. Judges read settings and credentials from the user's home and from variables,
   * which would make them judge differently from one machine to the next: they get a home of their own.
   */
  get judging(): NodeJS.ProcessEnv {
    return { PATH: this.searchPath, HOME: path.join(this.home, "home"), LANG: "C.UTF-8", LOG_LEVEL: "ERROR" };
  }

  /** Where the judges that are written in Python are installed. */
  get room(): PythonRoomOptions {
    const { home, requirements, searchPath, progress } = this;
    const what = "the judges (checkov, hadolint, kubernetes-validate, zizmor)";
    return { what, home, requirements, searchPath, progress, refuse: cannotJudge };
  }

  /** What an installer sees: the user's own settings, since they say where packages come from. */
  get installing(): NodeJS.ProcessEnv {
    return { ...process.env, PATH: this.searchPath };
  }
}

/** That a judge cannot be run, which is never the same as nothing to complain of. */
export function cannotJudge(where: string, got: string, want: string, fix: string): PavedError {
  return new PavedError({ code: "PVD2014", where, got, want, fix });
}
