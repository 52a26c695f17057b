import { existsSync } from "node:fs";
import path from "node:path";
import { pythonRoom } from "@paved/python";
import { Bench } from "../src/bench";
import { crdTexts } from "../src/schemas/crd-files";
import { bench, folderWith } from "./judges-bench";

test("fails with PVD2014 where there is no Python, and leaves nothing half installed", async () => {
  const home = folderWith({});
  const without = new Bench({ ...bench, home, searchPath: "/nonexistent" });
  await expect(pythonRoom(without.room)).rejects.toThrow(/PVD2014 PATH.*no python3/);
  expect(existsSync(path.join(home, "python.lock"))).toBe(false);
});

test("fails with PVD2014 where there is no Go", async () => {
  const pin = { module: "example.com/x", version: "v1.0.0", path: "crd.yaml", sha256: "0".repeat(64) };
  const without = new Bench({ ...bench, home: folderWith({}), searchPath: "/nonexistent" });
  await expect(crdTexts(without, [pin])).rejects.toThrow(/PVD2014 PATH.*no go/);
});
