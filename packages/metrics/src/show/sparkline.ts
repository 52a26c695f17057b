const DRAWN = "▁▂▃▄▅▆▇█";
const ASCII = "_.,-=+*#";

/**
 * Values as a line of characters, from nothing to the highest of them; where there is none, a blank.
 * @param drawn blocks, for a terminal that has them; otherwise plain ASCII
 */
export function sparkline(values: readonly (number | null)[], drawn: boolean): string {
  const levels = drawn ? DRAWN : ASCII;
  const highest = Math.max(...values.map((value) => value ?? 0));
  return values
    .map((value) => {
      if (value === null) return " ";
      const height = highest === 0 ? 0 : value / highest;
      return levels[Math.round(height * (levels.length - 1))];
    })
    .join("");
}
