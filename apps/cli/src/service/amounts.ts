import type { Amount } from "@paved/workloads";

const MEBIBYTE = 2 ** 20;

/** Cores, for example `0.25`. */
export function cores(cpu: number | undefined): string {
  return cpu === undefined ? "-" : String(Math.round(cpu * 1000) / 1000);
}

/** Bytes as MiB, for example `256`. */
export function mebibytes(memory: number | undefined): string {
  return memory === undefined ? "-" : String(Math.round(memory / MEBIBYTE));
}

/** What is used, asked for and allowed, for example `0.02 / 0.1 / -`. */
export function useOf(
  pod: { readonly usage?: Amount; readonly requests: Amount; readonly limits: Amount },
  name: keyof Amount,
): string {
  const said = name === "cpu" ? cores : mebibytes;
  return [pod.usage, pod.requests, pod.limits].map((amount) => said(amount?.[name])).join(" / ");
}

/** How long ago, in the one unit that fits: `45s`, `12m`, `3h`, `9d`. @param time as RFC 3339 */
export function ago(time: string | undefined, now: Date): string {
  const seconds = time === undefined ? Number.NaN : Math.max(0, (now.getTime() - Date.parse(time)) / 1000);
  if (Number.isNaN(seconds)) return "-";
  const [unit, length] = [["d", 86_400] as const, ["h", 3600] as const, ["m", 60] as const].find(
    ([, one]) => seconds >= one,
  ) ?? ["s", 1];
  return `${Math.floor(seconds / length)}${unit}`;
}
