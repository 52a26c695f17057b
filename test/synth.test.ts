import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { synthesizedWorkspace } from "./throwaway-workspace";

const workspace = synthesizedWorkspace();

/** Every file below an output directory of the workspace, by its path there. */
function files(output: string, wanted: RegExp): Readonly<Record<string, string>> {
  const root = workspace.file(output);
  const found = fs.readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => wanted.test(file));
  return Object.fromEntries(found.toSorted().map((file) => [file, fs.readFileSync(path.join(root, file), "utf8")]));
}

test("synth depends on files only: another clock, chance, place and environment change no byte of it", () => {
  fs.writeFileSync(
    workspace.file("elsewhere.cjs"),
    `Math.random = () => 0.42;
     const Real = Date;
     globalThis.Date = class extends Real {
       constructor(...given) { super(...(given.length > 0 ? given : [4e12])); }
       static now() { return 4e12; }
     };
     const refuse = (name) => () => { throw new Error("synth called " + name); };
     const net = require("node:net");
     net.Socket.prototype.connect = refuse("net.connect");
     const child = require("node:child_process");
     for (const name of Object.keys(child)) if (/^(exec|spawn|fork)/.test(name)) child[name] = refuse(name);
     require("node:dns").lookup = refuse("dns.lookup");
     require("node:os").hostname = () => "elsewhere";
     globalThis.fetch = refuse("fetch");`,
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--enable-source-maps", "--require", "./elsewhere.cjs", "stacks/dist/main.js", "--output", "elsewhere"],
    {
      cwd: workspace.directory,
      encoding: "utf8",
      env: {
        PATH: "/nonexistent",
        TZ: "Asia/Kathmandu",
        LANG: "tr_TR.UTF-8",
        USER: "somebody-else",
        SYNTH_HCL_OUTPUT: "true",
        CDKTF_TARGET_STACK_ID: "dev-orders",
        CDKTF_CONTEXT_JSON: '{"excludeStackIdFromLogicalIds":true}',
        CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
        TERRAFORM_BINARY_NAME: "no-such-binary",
      },
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const usual = files("cdktf.out", /\.(json|yaml)$/);
  expect(Object.keys(usual).length).toBeGreaterThan(100);
  expect(files("elsewhere", /\.(json|yaml|tf)$/)).toEqual(usual);
}, 60_000);

test("the stock cdktf synth gives the same JSON", () => {
  const usual = files("cdktf.out", /cdk\.tf\.json$/);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [require.resolve("cdktf-cli/bundle/bin/cdktf"), "synth", "--output", "stock"],
    { cwd: workspace.directory, encoding: "utf8", env: { ...process.env, CHECKPOINT_DISABLE: "1", CI: "1" } },
  );
  expect({ status, said: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, said: "" });
  expect(Object.keys(usual).length).toBeGreaterThan(30);
  expect(files("stock", /cdk\.tf\.json$/)).toEqual(usual);
}, 120_000);
