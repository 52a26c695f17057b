import { writeFileSync } from "node:fs";
import path from "node:path";
import { faults } from "./faults/faults";
import { type FaultResult, reliabilityPage } from "./faults/page";
import { randomFrom } from "./faults/random";
import { Trial } from "./faults/trial";
import { INSTALLING_MS } from "./s3-states";

/**
 * Applies of a small fleet with its states in S3 are disturbed at random points, and have to end as an undisturbed one.
 * `npm run test:faults` repeats each fault 20 times and writes docs/reliability.md.
 */
const REPETITIONS = Number(process.env["PAVED_FAULTS"] ?? 1);
const SEED = 20_261;
const page = path.join(__dirname, "../../../docs/reliability.md");

jest.setTimeout(INSTALLING_MS + 120_000 * REPETITIONS);

let undisturbed: Awaited<ReturnType<Trial["outcome"]>>;
const results: FaultResult[] = [];

async function trying<T>(work: (trial: Trial) => Promise<T>): Promise<T> {
  const trial = await Trial.begin();
  try {
    return await work(trial);
  } finally {
    await trial.end();
  }
}

beforeAll(async () => void (undisturbed = await trying((trial) => trial.outcome())));
afterAll(() => {
  if (process.env["PAVED_WRITE_DOCS"] === "1") writeFileSync(page, reliabilityPage([...results, ...untried]));
});

test("an undisturbed apply makes eight log groups in two stacks", () => {
  expect(undisturbed).toMatchObject({ resources: 16, objects: { length: 8 } });
});

const numbered = faults.map((fault, index) => ({ ...fault, index }));
/** What this machine does not allow is on the page as not tried. */
const untried = numbered.flatMap(({ what, untried: why }) =>
  why === undefined
    ? []
    : [{ what, untried: why, repetitions: 0, disturbed: 0, converged: 0, recoveries: [] as readonly number[] }],
);

test.each(numbered.filter((fault) => fault.untried === undefined))(
  "$what: it ends as if nothing had been",
  async (fault) => {
    const result = {
      what: fault.what,
      disturbed: 0,
      converged: 0,
      recoveries: [] as number[],
      repetitions: REPETITIONS,
    };
    results.push(result);
    for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
      const random = randomFrom(SEED + 1_000 * fault.index + repetition);
      await trying(async (trial) => {
        if (await fault.disturb(trial, random)) result.disturbed += 1;
        const start = performance.now();
        const converged = await trial.recover();
        result.recoveries.push(performance.now() - start);
        expect({ repetition, converged, outcome: await trial.outcome() }).toEqual({
          repetition,
          converged: true,
          outcome: undisturbed,
        });
        result.converged += 1;
      });
    }
    if (fault.always === true) expect(result.disturbed).toBe(REPETITIONS);
  },
);
