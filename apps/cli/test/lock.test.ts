import { lockCommand } from "../src/commands/lock";
import { index } from "./sample-fleet";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const source = "registry.opentofu.org/hashicorp/aws";
const provider = { aws: { source, version: "1.0.0" } };
for (const { directory } of index.stacks) {
  const root = { terraform: { required_providers: provider } };
  write(workspace, `cdktf.out/${directory}/cdk.tf.json`, JSON.stringify(root));
}
const check = (json: boolean) => run(lockCommand, workspace, { options: { check: true, json } });

test("says that all is locked, asking nobody", async () => {
  const hashes = ["a", "b", "c", "d", "e"].map((hash) => `    "h1:${hash}=",`).join("\n");
  const block = `provider "${source}" {\n  version = "1.0.0"\n  hashes = [\n${hashes}\n  ]\n}\n`;
  write(workspace, "engine/providers.lock.hcl", block);
  expect(await check(false)).toEqual({ code: 0, out: "every provider is locked", err: "" });
  expect(await check(true)).toMatchObject({ out: '{"locked":true}' });
});

test("fails with PVD7001 for a provider that is locked for too few platforms", async () => {
  write(
    workspace,
    "engine/providers.lock.hcl",
    `provider "${source}" {\n  version = "1.0.0"\n  hashes = ["h1:a="]\n}\n`,
  );
  await expect(check(false)).rejects.toThrow(/PVD7001 registry\.opentofu\.org\/hashicorp\/aws: got .* with 1 hashes/);
});
