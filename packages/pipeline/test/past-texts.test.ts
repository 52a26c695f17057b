import { rmSync } from "node:fs";
import path from "node:path";
import { pastTexts } from "../src";
import { SmallRepository } from "./small-repository";

test.each(["", "below"])(
  "what a file said is read newest first, in the folder %j, without commits that removed it",
  (below) => {
    const repository = new SmallRepository(below);
    const commits = ["one", "two", undefined, "three"].map((text) => {
      if (text === undefined) rmSync(path.join(repository.workspace.root, "file"));
      else repository.write("file", text);
      return repository.commit();
    });
    repository.write("other", "another file");
    repository.commit();
    expect([...pastTexts(repository.workspace, "file")]).toEqual([
      { commit: commits[3], text: "three" },
      { commit: commits[1], text: "two" },
      { commit: commits[0], text: "one" },
    ]);
    repository.remove();
  },
);

test("fails with PVD4003 where there is no repository", () => {
  const repository = new SmallRepository();
  rmSync(path.join(repository.workspace.root, ".git"), { recursive: true });
  expect(() => [...pastTexts(repository.workspace, "file")]).toThrow(/^PVD4003 file: .*not a git repository/);
  repository.remove();
});
