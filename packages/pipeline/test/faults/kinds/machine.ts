import { isRunOk } from "../../../src/run/result";
import { type Fault, someMoment } from "../fault";
import type { Random } from "../random";
import { mayMount } from "../small-disk";

/** The most that is left of a disk: less than an apply writes. */
const ROOM = 12 * 1024;

/** Changes that a crash, a bad disk or a person make to a file. */
function damaged(content: Buffer, random: Random): Buffer {
  const place = Math.floor(random() * content.length);
  const ways = [
    () => Buffer.alloc(0),
    () => content.subarray(0, place),
    () => Buffer.alloc(content.length),
    () => Buffer.from(content.map((byte, index) => (index === place ? byte ^ 1 : byte))),
  ];
  return ways[Math.floor(random() * ways.length)]!();
}

export const machine: readonly Fault[] = [
  {
    what: "the cache is damaged: each file cut off, emptied, zeroed, or changed in one bit",
    always: true,
    disturb: async (trial, random) => {
      trial.want(["first", "second"]);
      await trial.apply();
      const files = await trial.damageCache((content) => damaged(content, random));
      trial.want(["first", "second", "third", "fourth"]);
      // A cache that is damaged costs time, and nothing else.
      if (!isRunOk(await trial.apply())) throw new Error("an apply failed by its cache");
      return files > 0;
    },
  },
  {
    what: "the disk becomes full in the middle of an apply",
    ...(mayMount ? {} : { untried: "only root may mount a small disk" }),
    disturb: async (trial, random) => {
      const disk = await trial.smallDisk();
      const result = await trial.apply(async () => {
        await someMoment(random);
        disk.fill(random() * ROOM);
      });
      disk.free();
      return !isRunOk(result);
    },
  },
];
