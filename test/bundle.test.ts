import { execFileSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { DAY } from "./day";
import { CANARY, ThrowawayWorkspace } from "./throwaway-workspace";

const page = fs.readFileSync(path.join(__dirname, "..", "docs", "pipeline.md"), "utf8");
const workspace = new ThrowawayWorkspace();
const bundle = (...parts: string[]) => workspace.file(".paved", "bundle", ...parts);

/** The commands of a page's first block, without their remarks. */
function commandsOf(text: string): readonly string[][] {
  const [, block = ""] = /```\n([\s\S]*?)```/.exec(text) ?? [];
  return block
    .trim()
    .split("\n")
    .map((line) =>
      line
        .replace(/ +#.*$/, "")
        .split(" ")
        .slice(2),
    );
}

function git(...words: string[]): void {
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  execFileSync("git", [...who, ...words], { cwd: workspace.directory });
}

/** Runs a command, on the day that tests judge by. */
function paved(...words: string[]): void {
  const day = words[0] === "approve" ? [] : ["--today", DAY];
  const { code, err } = workspace.paved(...words, ...day);
  expect({ code, problems: err.match(/^PVD.*/gm) ?? [] }).toEqual({ code: 0, problems: [] });
}

/** With what a plan ends: 0 when nothing is left to change. */
function planOf(service: string): number | null {
  return workspace.paved("plan", "--env", "dev", "--service", service, "--detailed-exitcode").code;
}

beforeAll(() => {
  const before = workspace.paved("rehearse", "--env", "dev", "--service", "catalog");
  if (before.code !== 0) throw new Error(before.err);
  fs.writeFileSync(workspace.file(".gitignore"), ".paved\ncdktf.out*\nnode_modules\ndist\n");
  git("init", "-q", "-b", "main");
  git("add", "--all");
  git("commit", "-qm", "the fleet");
  git("update-ref", "refs/remotes/origin/main", "main");
  const catalog = workspace.file("stacks", "services", "catalog.ts");
  fs.writeFileSync(catalog, fs.readFileSync(catalog, "utf8").replace("port: 8080", "port: 8080, queue: {}"));
  git("commit", "-aqm", "a queue for the catalog");
}, 300_000);
afterAll(() => workspace.remove());

test("the commands of the page plan, approve and apply, and a second plan is empty", () => {
  const commands = commandsOf(page);
  expect(commands.map(([name]) => name)).toEqual(["plan", "approve", "apply"]);
  for (const words of commands) paved(...words);
  expect(planOf("catalog")).toBe(0);
}, 300_000);

test("neither plans nor evidence nor what was said hold the passphrase, and plans hold no address", () => {
  const files = fs.readdirSync(bundle(), { recursive: true, encoding: "utf8" }).filter((file) => /\.\w+$/.test(file));
  const texts = files.map((file) => fs.readFileSync(bundle(file), "latin1"));
  expect(files.map((file) => path.basename(file))).toContain("dev-catalog.tfplan");
  expect([...texts, workspace.said].filter((text) => text.includes(CANARY))).toEqual([]);
  expect(fs.readFileSync(bundle("plans", "dev-catalog.tfplan"), "latin1")).not.toMatch(/aws_sqs|catalog/);
});

test("an apply that is killed in the middle is finished by the same command", async () => {
  fs.rmSync(bundle(), { recursive: true });
  paved("plan", "--env", "dev", "--service", "pricing", "--bundle", bundle());
  const killed = workspace.start("apply", "--bundle", bundle(), "--today", DAY);
  const ended = once(killed, "exit");
  const store = workspace.file(".paved", "sandbox", "store", "journal.jsonl");
  while (!fs.readFileSync(store, "utf8").includes('"dev-pricing"'))
    await new Promise((resolve) => setTimeout(resolve, 20));
  killed.kill("SIGKILL");
  await ended;
  paved("apply", "--bundle", bundle());
  expect(planOf("pricing")).toBe(0);
}, 300_000);
