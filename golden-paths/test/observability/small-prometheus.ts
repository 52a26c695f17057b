import { parser } from "@prometheus-io/lezer-promql";
import type { Rule } from "./observed-fixture";

type Labels = Readonly<Record<string, string>>;

/** What one series is at a moment. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

type Node = ReturnType<typeof parser.parse>["topNode"];
type Value = number | readonly Sample[];

/** Minutes for which a sample is still the newest, as Prometheus has it. */
const LOOKBACK = 5;
const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

/**
 * As much of Prometheus as the rules of a site need: selectors by equality, windows, `sum`, `sum_over_time`, arithmetic,
 * `>` and `and`, and rules that are looked at one after the other. Moments are minutes. Whatever else a rule has is refused.
 */
export class SmallPrometheus {
  private readonly read = new Map<string, Node>();
  private readonly kept = new Map<string, { readonly labels: Labels; readonly samples: [number, number][] }>();

  write(metric: string, labels: Labels, minute: number, value: number): void {
    const key = `${metric}${JSON.stringify(Object.entries(labels).toSorted())}`;
    const series = this.kept.get(key) ?? { labels: { ...labels, __name__: metric }, samples: [] };
    series.samples.push([minute, value]);
    this.kept.set(key, series);
  }

  /** Looks at the rules: keeps what they record, and returns the names of the alerts that are firing. */
  look(rules: readonly Rule[], minute: number): readonly string[] {
    const firing: string[] = [];
    for (const { record, alert, expr, labels } of rules) {
      const result = this.query(expr, minute);
      if (alert !== undefined && result.length > 0) firing.push(`${alert} ${labels["long_window"] ?? ""}`.trim());
      for (const { labels: own, value } of record === undefined ? [] : result)
        this.write(record as string, { ...own, ...labels }, minute, value);
    }
    return firing;
  }

  query(text: string, minute: number): readonly Sample[] {
    const node = this.read.get(text) ?? parser.parse(text).topNode.firstChild!;
    this.read.set(text, node);
    const value = this.valueOf(node, text, minute);
    return typeof value === "number" ? [{ labels: {}, value }] : value;
  }

  private valueOf(node: Node, text: string, minute: number): Value {
    const inner = (child: Node) => this.valueOf(child, text, minute);
    switch (node.name) {
      case "NumberDurationLiteral":
        return Number(text.slice(node.from, node.to));
      case "ParenExpr":
        return inner(node.firstChild!);
      case "VectorSelector":
        return this.selected(node, text).flatMap(({ labels, samples }) => {
          const newest = samples.findLast(([at]) => at <= minute && at > minute - LOOKBACK);
          return newest === undefined ? [] : [{ labels, value: newest[1] }];
        });
      case "AggregateExpr":
        return summed(vector(inner(node.getChild("FunctionCallBody")!.firstChild!)));
      case "FunctionCall":
        return this.sumOverTime(node.getChild("FunctionCallBody")!.firstChild!, text, minute);
      case "BinaryExpr":
        return combined(inner(node.firstChild!), node.firstChild!.nextSibling!.name, inner(node.lastChild!));
      default:
        throw new Error(`${node.name} is not known: ${text}`);
    }
  }

  private sumOverTime(matrix: Node, text: string, minute: number): readonly Sample[] {
    const window = /^(\d+)([mhd])$/.exec(text.slice(matrix.lastChild!.from, matrix.lastChild!.to))!;
    const from = minute - Number(window[1]) * MINUTES[window[2]!]!;
    return this.selected(matrix.getChild("VectorSelector")!, text).flatMap(
      ({ labels: { __name__, ...labels }, samples }) => {
        const within = samples.filter(([at]) => at > from && at <= minute);
        return within.length === 0 ? [] : [{ labels, value: within.reduce((sum, [, value]) => sum + value, 0) }];
      },
    );
  }

  private selected(node: Node, text: string) {
    const said = text.slice(node.from, node.to);
    const conditions = [...said.matchAll(/(\w+)="([^"]*)"/g)];
    const metric = said.replace(/\{.*/, "");
    return [...this.kept.values()].filter(
      ({ labels }) =>
        labels["__name__"] === metric && conditions.every(([, label, value]) => labels[label as string] === value),
    );
  }
}

const vector = (value: Value): readonly Sample[] => (typeof value === "number" ? [] : value);

function summed(samples: readonly Sample[]): readonly Sample[] {
  return samples.length === 0 ? [] : [{ labels: {}, value: samples.reduce((sum, { value }) => sum + value, 0) }];
}

const CALCULATE: Readonly<Record<string, (a: number, b: number) => number>> = {
  Div: (a, b) => a / b,
  Mul: (a, b) => a * b,
};

const same = (one: Labels, other: Labels) => identity(one) === identity(other);

function identity({ __name__, ...labels }: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted());
}

function combined(left: Value, operator: string, right: Value): Value {
  const calculate = CALCULATE[operator];
  if (typeof left === "number" && typeof right === "number") return calculate!(left, right);
  return vector(left).flatMap(({ labels, value }) => {
    const other = typeof right === "number" ? right : right.find((sample) => same(sample.labels, labels))?.value;
    if (other === undefined) return [];
    if (operator === "And") return [{ labels, value }];
    if (operator === "Gtr") return value > other ? [{ labels, value }] : [];
    const { __name__, ...unnamed } = labels;
    return [{ labels: unnamed, value: calculate!(value, other) }];
  });
}
