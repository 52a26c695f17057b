import { type Panel, panelJson, type Row } from "./panel";

const PAGE_WIDTH = 24;
const PANEL_WIDTH = 8;
const PANEL_HEIGHT = 7;
const TITLE_HEIGHT = 1;

/** Rows as a dashboard's JSON: below each title its panels from left to right, on as many lines as they need; numbered in that order. */
export function layOut(rows: readonly Row[]) {
  const laid: (ReturnType<typeof panelJson> | ReturnType<typeof titleJson>)[] = [];
  let y = 0;
  for (const { title, panels } of rows) {
    laid.push(titleJson(title, laid.length + 1, y));
    y += TITLE_HEIGHT;
    for (const line of lines(panels)) {
      let x = 0;
      for (const panel of line) {
        const w = widthOf(panel);
        laid.push(panelJson(panel, laid.length + 1, { x, y, w, h: PANEL_HEIGHT }));
        x += w;
      }
      y += PANEL_HEIGHT;
    }
  }
  return laid;
}

function titleJson(title: string, id: number, y: number) {
  return {
    id,
    type: "row",
    title,
    collapsed: false,
    gridPos: { x: 0, y, w: PAGE_WIDTH, h: TITLE_HEIGHT },
    panels: [],
  } as const;
}

function widthOf(panel: Panel): number {
  return panel.width ?? PANEL_WIDTH;
}

function lines(panels: readonly Panel[]): readonly (readonly Panel[])[] {
  const all: Panel[][] = [];
  let used = PAGE_WIDTH;
  for (const panel of panels) {
    if (used + widthOf(panel) > PAGE_WIDTH) {
      all.push([]);
      used = 0;
    }
    all.at(-1)?.push(panel);
    used += widthOf(panel);
  }
  return all;
}
