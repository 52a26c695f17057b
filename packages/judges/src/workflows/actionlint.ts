import { existsSync } from "node:fs";
import path from "node:path";
import { alone } from "@paved/machine";
import { lastWords, type ProcessEnd, runProcess } from "@paved/python";
import { type Bench, cannotJudge } from "../bench";

/** The pinned module; Go holds what it downloads against its checksum database. */
const ACTIONLINT = { module: "github.com/rhysd/actionlint", version: "v1.7.12" } as const;

/**
 * Absolute path of actionlint, built with Go on first use (half a minute): what PyPI has of it downloads a program from
 * elsewhere while it installs.
 * @throws PavedError PVD2014 when there is no Go, or the module cannot be had
 */
export async function actionlint(bench: Bench): Promise<string> {
  const folder = path.join(bench.home, `actionlint-${ACTIONLINT.version}`);
  const program = path.join(folder, "actionlint");
  if (existsSync(program)) return program;
  const waiting = (holder: string): void => bench.progress(`waiting: ${holder} is building actionlint`);
  await alone(path.join(bench.home, "actionlint.lock"), waiting, async () => {
    if (!existsSync(program)) await build(bench, folder);
  });
  return program;
}

async function build(bench: Bench, folder: string): Promise<void> {
  const { module, version } = ACTIONLINT;
  const want = `${module} ${version}, built`;
  bench.progress(`building actionlint ${version} with Go, once`);
  let end: ProcessEnd;
  try {
    end = await runProcess({
      program: "go",
      arguments: ["install", `${module}/cmd/actionlint@${version}`],
      directory: bench.home,
      environment: { ...bench.installing, GOBIN: folder, GOFLAGS: "-mod=mod", GOWORK: "off" },
    });
  } catch {
    throw cannotJudge("PATH", "no go", want, "install Go 1.24 or newer (https://go.dev/dl)");
  }
  if (end.code === 0) return;
  const fix = "let Go reach its module proxy (GOPROXY), then run the command again";
  throw cannotJudge(module, `go ended with ${end.code}: ${lastWords(end)}`, want, fix);
}
