import { parseReport } from "../src/checkov/report";
import { missingFrom } from "../src/checkov/run-checkov";

const check = {
  check_id: "CKV_AWS_27",
  check_name: "Encrypted",
  resource: "aws_sqs_queue.jobs",
  file_path: "/dev.json",
};
const one = {
  results: { passed_checks: [check], failed_checks: [], skipped_checks: [], parsing_errors: [] },
  summary: { resource_count: 3 },
};

test("one report, or several, are read as one", () => {
  const { scanned, passed } = parseReport(JSON.stringify([one, one]));
  expect(scanned).toBe(6);
  expect(passed[0]).toEqual({
    rule: "CKV_AWS_27",
    title: "Encrypted",
    resource: "aws_sqs_queue.jobs",
    file: "dev.json",
  });
});

test("counts alone mean that nothing was scanned, which is PVD2014", () => {
  const report = parseReport('{"passed":0,"failed":0,"resource_count":0}');
  expect(missingFrom(report, "checkov plan", "dev", []).map(({ code, got }) => [code, got])).toEqual([
    ["PVD2014", "0 resources scanned"],
  ]);
});

test("fails with PVD2014 for a file of which the judge says nothing", () => {
  const report = parseReport(JSON.stringify(one));
  expect(missingFrom(report, "checkov plan", "dev", ["dev.json", "other.json"]).map(({ got }) => got)).toEqual([
    "nothing about other.json",
  ]);
});

test("fails with PVD2014 for a rule that is not applied because its subject says so", () => {
  const report = parseReport(JSON.stringify({ ...one, results: { ...one.results, skipped_checks: [check] } }));
  expect(missingFrom(report, "checkov plan", "dev", []).map(({ got }) => got)).toEqual([
    "CKV_AWS_27 skipped by aws_sqs_queue.jobs",
  ]);
});

test.each(["", "Traceback", "[", "3"])("fails with PVD2014 for %j, which is no report", (text) => {
  expect(() => parseReport(text)).toThrow(/PVD2014 checkov/);
});
