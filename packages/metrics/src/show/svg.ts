import { type Definition, definitionOf } from "../definitions";
import type { Figure } from "../figures/figure";
import type { Report } from "../report";
import { dayOf, WEEK, type Week } from "../window";
import { countInWords, inWords, valueInWords } from "./in-words";

const CARD = { width: 320, height: 190, gap: 16 } as const;
const COLUMNS = 3;
const MARGIN = 24;
const HEAD = 52;
/** Where a card's picture is, from its corner. */
const PLOT = { left: 16, top: 88, width: 288, height: 62 } as const;
const COLOURS = {
  text: "#1f2328",
  quiet: "#59636e",
  border: "#d1d9e0",
  card: "#ffffff",
  page: "#f6f8fa",
  line: "#0969da",
};

/** A report as one SVG document: a card a metric, with its value and how it went week by week. */
export function reportSvg(report: Report): string {
  const { figures, window, place } = report;
  const rows = Math.ceil(figures.length / COLUMNS);
  const width = 2 * MARGIN + COLUMNS * CARD.width + (COLUMNS - 1) * CARD.gap;
  const height = HEAD + MARGIN + rows * CARD.height + (rows - 1) * CARD.gap;
  const where = place === "live" ? "the cloud" : "the sandbox";
  const title = `Metrics of ${where}, ${window.weeks[0]!.day} to ${dayOf(window.to)}`;
  const cards = figures.map((figure, index) => {
    const x = MARGIN + (index % COLUMNS) * (CARD.width + CARD.gap);
    const y = HEAD + Math.floor(index / COLUMNS) * (CARD.height + CARD.gap);
    return `<g transform="translate(${x} ${y})">${card(figure, report)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" ` +
      `aria-label="${escaped(title)}" font-family="Helvetica, Arial, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${COLOURS.page}"/>`,
    text(MARGIN, 34, title, { size: 18, weight: "bold" }),
    ...cards,
    "</svg>",
    "",
  ].join("\n");
}

function card(figure: Figure, { window: { weeks } }: Report): string {
  const definition = definitionOf(figure.id);
  const right = PLOT.left + PLOT.width;
  const bottom = PLOT.top + PLOT.height + 20;
  return [
    `<title>${escaped(`${definition.definition} Cannot see: ${definition.blind}`)}</title>`,
    `<rect width="${CARD.width}" height="${CARD.height}" rx="6" fill="${COLOURS.card}" stroke="${COLOURS.border}"/>`,
    text(PLOT.left, 26, definition.title, { size: 13, colour: COLOURS.quiet }),
    text(PLOT.left, 58, valueInWords(figure, definition), { size: 26, weight: "bold" }),
    text(right, 58, countInWords(figure, definition), { size: 11, colour: COLOURS.quiet, anchor: "end" }),
    plot(figure.weekly, definition, isGoingOn(weeks.at(-1)!)),
    text(PLOT.left, bottom, weeks[0]!.day, { size: 10, colour: COLOURS.quiet }),
    text(right, bottom, weeks.at(-1)!.day, { size: 10, colour: COLOURS.quiet, anchor: "end" }),
  ].join("");
}

/** A week that has not its seven days yet can still become more. */
function isGoingOn({ from, to }: Week): boolean {
  return to - from < WEEK;
}

/** From nothing to the highest week: a line where weeks follow each other, dashed to one that is going on, and a dot a week. */
function plot(weekly: Figure["weekly"], { unit }: Definition, lastGoesOn: boolean): string {
  const { left, top, width, height } = PLOT;
  const known = weekly.filter((value) => value !== null);
  if (known.length === 0) return "";
  const highest = Math.max(...known);
  const point = (value: number, index: number) => {
    const x = left + (weekly.length === 1 ? width / 2 : (index / (weekly.length - 1)) * width);
    const y = top + height - (highest === 0 ? 0 : value / highest) * height;
    return { x: round(x), y: round(y) };
  };
  const points = weekly.map((value, index) => (value === null ? undefined : point(value, index)));
  const lines = points.slice(1).flatMap((to, index) => {
    const from = points[index];
    if (from === undefined || to === undefined) return [];
    const dashed = lastGoesOn && index === points.length - 2 ? ' stroke-dasharray="4 4"' : "";
    return `<path d="M${from.x} ${from.y}L${to.x} ${to.y}" stroke="${COLOURS.line}" stroke-width="2" stroke-linecap="round"${dashed}/>`;
  });
  const dots = points.flatMap((at) =>
    at === undefined ? [] : `<circle cx="${at.x}" cy="${at.y}" r="2.5" fill="${COLOURS.line}"/>`,
  );
  return [
    `<path d="M${left} ${top + height}h${width}" stroke="${COLOURS.border}"/>`,
    text(left + width, top - 8, `highest ${inWords(highest, unit)}`, {
      size: 10,
      colour: COLOURS.quiet,
      anchor: "end",
    }),
    ...lines,
    ...dots,
  ].join("");
}

interface TextStyle {
  readonly size: number;
  /** @default - that of text */
  readonly colour?: string;
  readonly weight?: "bold";
  readonly anchor?: "end";
}

function text(x: number, y: number, content: string, { size, colour, weight, anchor }: TextStyle): string {
  const more = `${weight === undefined ? "" : ` font-weight="${weight}"`}${anchor === undefined ? "" : ` text-anchor="${anchor}"`}`;
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour ?? COLOURS.text}"${more}>${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
