import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder with one chart, `objects` 1.2.3, which makes what its values have in `objects`; removed after the tests of the file. */
export function ownCharts(): string {
  const charts = mkdtempSync(path.join(tmpdir(), "paved-charts-"));
  afterAll(() => rmSync(charts, { recursive: true, force: true }));
  const templates = path.join(charts, "objects", "templates");
  mkdirSync(templates, { recursive: true });
  const about = { apiVersion: "v2", name: "objects", version: "1.2.3", appVersion: "7.0" };
  writeFileSync(path.join(charts, "objects", "Chart.yaml"), JSON.stringify(about));
  const each = "{{- range .Values.objects }}\n---\n{{ toJson . }}\n{{- end }}\n";
  writeFileSync(path.join(templates, "objects.yaml"), each);
  return charts;
}
