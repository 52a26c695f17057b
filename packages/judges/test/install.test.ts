import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Bench } from "../src/bench";
import { alone } from "../src/python/install-lock";
import { pythonRoom } from "../src/python/python-room";
import { crdTexts } from "../src/schemas/crd-files";
import { bench, folderWith } from "./judges-bench";

const nobody = (): void => {};

test("two that install at once do so one after the other, and the lock goes", async () => {
  const lock = path.join(folderWith({}), "lock");
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push(`${name} ends`);
  };
  await Promise.all([alone(lock, nobody, work("one")), alone(lock, nobody, work("two"))]);
  expect(order).toEqual(["one begins", "one ends", "two begins", "two ends"]);
  expect(existsSync(lock)).toBe(false);
});

test("the lock of a process that is gone is taken over", async () => {
  const lock = path.join(folderWith({}), "lock");
  writeFileSync(lock, "4194303");
  await expect(alone(lock, nobody, async () => "done")).resolves.toBe("done");
});

test("fails with PVD2014 where there is no Python, and leaves nothing half installed", async () => {
  const home = folderWith({});
  const without = new Bench({ ...bench, home, searchPath: "/nonexistent" });
  await expect(pythonRoom(without)).rejects.toThrow(/PVD2014 PATH.*no python3/);
  expect(existsSync(path.join(home, "python.lock"))).toBe(false);
});

test("fails with PVD2014 where there is no Go", async () => {
  const pin = { module: "example.com/x", version: "v1.0.0", path: "crd.yaml", sha256: "0".repeat(64) };
  const without = new Bench({ ...bench, home: folderWith({}), searchPath: "/nonexistent" });
  await expect(crdTexts(without, [pin])).rejects.toThrow(/PVD2014 PATH.*no go/);
});
