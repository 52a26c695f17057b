/** A field of cron: numbers, ranges, steps and lists of them. Names of days and months are left out: there is one way to write each. */
const FIELD = String.raw`(\*|\d+(-\d+)?)(\/\d+)?(,(\d+(-\d+)?)(\/\d+)?)*`;
const CRON = new RegExp(`^${Array(5).fill(FIELD).join(" ")}$`);
/** Lowest and highest number of each field, as Kubernetes and Argo CD take them (CronJob, "Schedule syntax"): Sunday is 0, and not 7. */
const BOUNDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

/** Most days that each month has. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with five fields of cron: that they are none, or that no month has such a day. @default - nothing */
export function cronFault(schedule: unknown): { readonly want: string; readonly fix: string } | undefined {
  const fields =
    typeof schedule === "string" && schedule.length <= 100 && CRON.test(schedule) ? schedule.split(" ") : [];
  const numbers = fields.flatMap((field, index) => {
    const found = numbersOf(field, BOUNDS[index] as readonly [number, number]);
    return found === undefined ? [] : [found];
  });
  const [, , days, months] = numbers;
  if (numbers.length < BOUNDS.length || days === undefined || months === undefined)
    return {
      want: "five fields of cron, as numbers, the day of the week from 0 to 6",
      fix: 'write for example "0 3 * * *"',
    };
  // Days of the week that are said are days as well: either is enough.
  const weekdays = !/^\*(\/1)?$/.test(fields.at(-1) ?? "");
  if (weekdays || months.some((month) => days.some((day) => day <= (DAYS[month - 1] ?? 0)))) return undefined;
  const most = Math.max(...months.map((month) => DAYS[month - 1] ?? 0));
  return { want: "a day that one of its months has", fix: `write a day from 1 to ${most} in the third field` };
}

/** Every number that a field stands for. @default - it goes beyond its bounds */
function numbersOf(field: string, [low, high]: readonly [number, number]): readonly number[] | undefined {
  const numbers: number[] = [];
  for (const part of field.split(",")) {
    const [range = "", step] = part.split("/");
    const [from = low, to = step === undefined ? from : high] =
      range === "*" ? [low, high] : range.split("-").map(Number);
    if (Number(step ?? 1) < 1 || from < low || to > high || from > to) return undefined;
    for (let number = from; number <= to; number += Number(step ?? 1)) numbers.push(number);
  }
  return numbers;
}
