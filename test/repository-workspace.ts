import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { shareInstalled } from "./installed";

const root = path.join(__dirname, "..");
const command = path.join(root, "apps", "cli", "bin", "paved.js");

/** What synth reads, and what says that it is a workspace; tests and texts are not needed. */
const COPIED =
  /^(\.github|cdktf\.json|package(-lock)?\.json|tsconfig\.base\.json|README\.md|engine|environments|golden-paths|modules|packages\/(model|policy|scaffold\/templates|pipeline\/requirements\.txt)|stacks|docs)(\/|$)/;

/** A workspace that is a repository of Git of its own, with a copy of the sources as they are, committed once. */
export class RepositoryWorkspace {
  readonly directory: string;

  /** What commands see beside the environment of the test. */
  environment: NodeJS.ProcessEnv = {};

  /** Everything that commands have printed. */
  said = "";

  /** @param parent folder that it is made in. @default - the one for temporary files */
  constructor(parent: string = os.tmpdir()) {
    this.directory = fs.mkdtempSync(path.join(parent, "paved-repository-"));
    const words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const files = execFileSync("git", words, { cwd: root, encoding: "utf8" }).split("\0");
    for (const file of files.filter((each) => COPIED.test(each) && fs.existsSync(path.join(root, each)))) {
      fs.mkdirSync(path.dirname(this.file(file)), { recursive: true });
      fs.copyFileSync(path.join(root, file), this.file(file));
    }
    this.link();
    fs.writeFileSync(this.file(".gitignore"), "node_modules\ndist/\n.paved/\ncdktf.out*/\n");
    this.git("init", "-q", "-b", "main");
    this.commit("as it is");
  }

  /** Packages of others from this workspace, and of ours the copies. */
  private link(): void {
    const packages = path.join(root, "node_modules");
    fs.mkdirSync(this.file("node_modules", "@paved"), { recursive: true });
    for (const name of fs.readdirSync(packages).filter((each) => each !== "@paved")) {
      fs.symlinkSync(path.join(packages, name), this.file("node_modules", name));
    }
    for (const folder of ["environments", "golden-paths", "modules", "stacks", "packages/model", "packages/policy"]) {
      fs.symlinkSync(this.file(folder), this.file("node_modules", "@paved", path.basename(folder)));
      const own = path.join(root, folder, "node_modules");
      if (fs.existsSync(own)) fs.symlinkSync(own, this.file(folder, "node_modules"));
    }
    shareInstalled(this.directory);
  }

  file(...parts: string[]): string {
    return path.join(this.directory, ...parts);
  }

  read(file: string): string {
    return fs.readFileSync(this.file(file), "utf8");
  }

  write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(this.file(file)), { recursive: true });
    fs.writeFileSync(this.file(file), text);
  }

  git(...words: readonly string[]): string {
    const who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    return execFileSync("git", [...who, ...words], { cwd: this.directory, encoding: "utf8" });
  }

  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "-qm", message, "--allow-empty");
    return this.git("rev-parse", "HEAD").trim();
  }

  /** Everything as it was committed last. */
  restore(): void {
    this.git("checkout", "-q", "--", ".");
    this.git("clean", "-fdq");
  }

  /** Runs a command to its end. */
  paved(...words: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, "-C", this.directory, ...words], {
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1", ...this.environment },
      maxBuffer: 256 * 1024 * 1024,
    });
    this.said += stdout + stderr;
    return { code: status, out: stdout, err: stderr };
  }

  remove(): void {
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}
