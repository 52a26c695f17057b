/** One figure of a family, told apart from the others by its labels. */
export interface MetricSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A gauge: what a figure is now. */
export interface MetricFamily {
  /** With the unit at its end where it has one: `paved_environment_seconds`. */
  readonly name: string;
  /** What it says, in a sentence. */
  readonly help: string;
  /** For example `seconds`; the name has to end with it. @default - none */
  readonly unit?: string;
  readonly samples: readonly MetricSample[];
}

/** Gauges as OpenMetrics 1.0 text, as Prometheus reads it. */
export function openMetrics(families: readonly MetricFamily[]): string {
  return [...families.flatMap(lines), "# EOF", ""].join("\n");
}

function lines({ name, help, unit, samples }: MetricFamily): readonly string[] {
  return [
    `# HELP ${name} ${escaped(help)}`,
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    ...samples.map(({ labels, value }) => `${name}${labelled(labels)} ${value}`),
  ];
}

function labelled(labels: MetricSample["labels"]): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(",")}}`;
}

/** OpenMetrics 1.0, "Escaping". */
function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
