import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { alone } from "@paved/machine";
import { PavedError } from "@paved/model";
import { pythonRoom } from "../src";

const nobody = (): void => {};

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), "paved-python-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("two that install at once do so one after the other, and the lock goes", async () => {
  const lock = path.join(folder, "lock");
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
  const lock = path.join(folder, "lock");
  writeFileSync(lock, "4194303");
  await expect(alone(lock, nobody, async () => "done")).resolves.toBe("done");
});

test("fails with the caller's error where there is no Python, and leaves nothing half installed", async () => {
  const requirements = path.join(folder, "requirements.txt");
  writeFileSync(requirements, "");
  const refuse = (where: string, got: string, want: string, fix: string) =>
    new PavedError({ code: "PVD2014", where, got, want, fix });
  const home = path.join(folder, "home");
  const wanted = { what: "it", home, requirements, searchPath: "/nonexistent", progress: nobody, refuse };
  await expect(pythonRoom(wanted)).rejects.toThrow(/PVD2014 PATH: got no python3, want it, installed/);
  expect(readdirSync(home)).toEqual(["home"]);
});
