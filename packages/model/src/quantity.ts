const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity of Kubernetes (`256Mi`, `500m`, `2`) as a number of bytes, cores or pieces; nothing when it is none. */
export function quantityOf(value: unknown): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?(?:e\d+)?)([a-zA-Z]*)$/.exec(textOf(value)) ?? [];
  const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

/** Whether a value is a quantity from `least` to `most`, both quantities themselves. */
export function isQuantity(least: string, most: string): (value: unknown) => boolean {
  const [from = Number.NaN, to = Number.NaN] = [quantityOf(least), quantityOf(most)];
  return (value) => {
    const quantity = quantityOf(value);
    return quantity !== undefined && quantity >= from && quantity <= to;
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
