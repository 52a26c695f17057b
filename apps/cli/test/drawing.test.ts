import type { StackEntry, StackKind } from "@paved/model";
import * as fc from "fast-check";
import { FILLS } from "../src/graph/mermaid";
import { stackGraph, type StackGraph } from "../src/graph/stack-graph";
import { toSvg } from "../src/graph/svg";
import { index } from "./sample-fleet";
import { type Element, findAll, parseXml } from "./xml";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A stack, an environment or an edge of the drawing. */
interface Drawn {
  readonly title: string;
  readonly box: Box;
  readonly labels: readonly Element[];
  readonly colours: readonly string[];
  readonly tooltip: string | undefined;
}

interface Drawing {
  readonly svg: Element;
  readonly stacks: readonly Drawn[];
  readonly environments: readonly Drawn[];
  readonly edges: readonly Drawn[];
}

async function draw(graph: StackGraph): Promise<Drawing> {
  const svg = parseXml(await toSvg(graph));
  const ofClass = (kind: string) => findAll(svg, ({ attributes }) => attributes["class"] === kind).map(toDrawn);
  return { svg, stacks: ofClass("node"), environments: ofClass("cluster"), edges: ofClass("edge") };
}

function toDrawn(group: Element): Drawn {
  const named = (name: string) => findAll(group, (element) => element.name === name);
  const outlines = named("path");
  return {
    title: named("title")[0]!.text,
    box: boxOf(outlines[0]?.attributes["d"] ?? ""),
    labels: named("text"),
    colours: outlines.flatMap(({ attributes }) => [attributes["fill"]!, attributes["stroke"]!]),
    tooltip: named("a")[0]?.attributes["xlink:title"],
  };
}

function boxOf(points: string): Box {
  const pairs = [...points.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** How wide Helvetica's letters are, in sizes of the font; those not named are 0.556. */
const LETTERS = [
  ["ijl", 0.222],
  ["ft", 0.278],
  ["r-", 0.333],
  ["ckvxyzs", 0.5],
  ["w", 0.722],
  ["m", 0.833],
  ["@", 1.015],
] as const;

/** Where a label is, with a tenth more for the font that a machine without Helvetica takes. */
function boxOfLabel({ attributes, text }: Element): Box {
  const [x, y, size] = ["x", "y", "font-size"].map((name) => Number(attributes[name]));
  const widths = [...text].map((letter) => LETTERS.find(([letters]) => letters.includes(letter))?.[1] ?? 0.556);
  const half = (widths.reduce((sum, width) => sum + width, 0) * size! * 1.1) / 2;
  return { left: x! - half, right: x! + half, top: y! - size! * 0.75, bottom: y! + size! * 0.25 };
}

const isApart = (a: Box, b: Box) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

const isWithin = (inner: Box, outer: Box) =>
  inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;

function expectRoomForAll({ stacks, environments }: Drawing): void {
  for (const among of [stacks, environments]) {
    for (const [place, { box }] of among.entries()) {
      expect(Math.min(box.right - box.left, box.bottom - box.top)).toBeGreaterThan(20);
      expect(among.slice(place + 1).filter((other) => !isApart(box, other.box))).toEqual([]);
    }
  }
  for (const { box, labels } of stacks) {
    expect(labels.filter((label) => !isWithin(boxOfLabel(label), box)).map(({ text }) => text)).toEqual([]);
    expect(environments.filter((environment) => isWithin(box, environment.box))).toHaveLength(1);
  }
}

/** By the Web Content Accessibility Guidelines 2.2, "contrast ratio". */
function contrast(...colours: readonly [string, string]): number {
  const [light, dark] = colours
    .map((colour) => {
      const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
      const [r, g, b] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    })
    .toSorted((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

const graph = stackGraph(index.stacks);

test("every stack has a box of its own in its environment, with its label and its contracts inside", async () => {
  const drawing = await draw(graph);
  expectRoomForAll(drawing);
  const labels = new Map(drawing.stacks.map(({ title, labels: own }) => [title, own.map(({ text }) => text)]));
  expect(Object.fromEntries(labels)).toEqual({
    "dev-network": ["network", "network@1"],
    "dev-cluster": ["cluster", "cluster@1"],
    "dev-orders": ["orders"],
    "production-network": ["network", "network@1"],
    "production-cluster": ["cluster", "cluster@1"],
    "production-orders": ["orders"],
  });
});

test("every contract that is read is an edge that says so when it is pointed at", async () => {
  const { edges } = await draw(graph);
  expect(edges.map(({ title, tooltip }) => `${title}: ${tooltip}`).toSorted()).toEqual(
    graph.edges.map(({ from, to, contracts }) => `${from}->${to}: ${to} reads ${contracts.join(", ")}`).toSorted(),
  );
});

test("environments are from top to bottom in the order of the fleet", async () => {
  const { environments } = await draw(graph);
  const fromTop = environments.toSorted((a, b) => a.box.top - b.box.top);
  expect(fromTop.map(({ title }) => title)).toEqual(["cluster_dev", "cluster_production"]);
});

test("it is the same each time", async () => expect(await toSvg(graph)).toBe(await toSvg(stackGraph(index.stacks))));

test("it is legible on a light and on a dark page: a ground of its own, and dark on light everywhere", async () => {
  const kinds = Object.keys(FILLS) as StackKind[];
  const chain = kinds.map((kind, place): StackEntry => {
    const consumes = place === 0 ? [] : [{ contract: "fact@1", from: `dev-${kinds[place - 1]}` }];
    return { ...index.stacks[0]!, name: `dev-${kind}`, kind, consumes };
  });
  const last = { ...chain[0]!, name: "dev-last", consumes: [{ contract: "fact@1", from: "dev-service" }] };
  const { svg, stacks, edges, environments } = await draw(stackGraph([...chain, last]));
  expect(edges).toHaveLength(kinds.length);
  const [, , width, height] = svg.attributes["viewBox"]!.split(" ").map(Number);
  const [ground] = findAll(svg, ({ name }) => name === "polygon");
  const { left, right, top, bottom } = boxOf(ground!.attributes["points"]!);
  expect(ground!.attributes["fill"]).toBe("white");
  expect(right - left).toBeCloseTo(width!, 0);
  expect(bottom - top).toBeCloseTo(height!, 0);

  const [paper] = environments[0]!.colours;
  for (const { colours } of edges) expect(contrast(colours[1]!, paper!)).toBeGreaterThan(4.5);
  for (const { colours } of stacks) expect(contrast(colours[1]!, colours[0]!)).toBeGreaterThan(4.5);
  for (const fill of Object.values(FILLS)) expect(contrast("#000000", fill)).toBeGreaterThan(7);
  for (const { labels } of [...stacks, ...environments]) {
    for (const { attributes } of labels) {
      expect(attributes["fill"] ?? "black").toBe("black");
      expect(Number(attributes["font-size"])).toBeGreaterThanOrEqual(11);
    }
  }
});

const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
const words = fc.string({
  unit: fc.oneof(
    fc.constantFrom("&lt;", "&amp;", ..."<>&\"'é漢😀"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }).filter((one) => one !== "\\"),
  ),
  maxLength: 12,
});

/** Stacks that read from any of those before them. */
const fleet = fc
  .uniqueArray(fc.tuple(name, words, fc.array(fc.nat(), { maxLength: 4 })), {
    selector: ([each]) => each,
    minLength: 1,
    maxLength: 8,
  })
  .map((stacks) =>
    stacks.map(([each, owner, reads], place): StackEntry => {
      const froms = [...new Set(reads.map((read) => stacks[read % Math.max(place, 1)]![0]))].filter(
        (from) => from !== each,
      );
      const consumes = froms.map((from) => ({ contract: `${from}@1`, from: `dev-${from}` }));
      return { ...index.stacks[0]!, name: `dev-${each}`, owner, consumes, publishes: [`${each}@1`] };
    }),
  );

test("whatever the fleet, the drawing is well-formed, whole and without overlaps, and says who owns what", async () => {
  await fc.assert(
    fc.asyncProperty(fleet, async (stacks) => {
      const any = stackGraph(stacks);
      const drawing = await draw(any);
      expectRoomForAll(drawing);
      // Graphviz keeps spaces in a row as spaces that do not break.
      const said = drawing.stacks.map(({ tooltip }) => tooltip?.replaceAll("\u00a0", " "));
      expect(said.toSorted()).toEqual(
        stacks.map((stack) => `${stack.name}, owner ${stack.owner}`.replaceAll("\u00a0", " ")).toSorted(),
      );
      expect(drawing.edges).toHaveLength(any.edges.length);
    }),
    { numRuns: 40 },
  );
});
