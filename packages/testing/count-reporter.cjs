"use strict";
const fs = require("node:fs");
const path = require("node:path");

/** Writes how many tests passed, failed and were skipped, for the sum that `.ci/run` prints over all packages. */
class CountReporter {
  constructor(globalConfig) {
    this.file = path.join(globalConfig.rootDir, "coverage", "counts.json");
  }

  onRunComplete(_contexts, results) {
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    const { numPassedTests: passed, numFailedTests, numFailedTestSuites, numPendingTests: skipped } = results;
    // A file that cannot even be loaded counts as one failure: it has no tests to count.
    const broken = results.testResults.filter((file) => file.testExecError !== undefined).length;
    const failed = numFailedTests + Math.min(broken, numFailedTestSuites);
    fs.writeFileSync(this.file, `${JSON.stringify({ passed, failed, skipped })}\n`);
  }
}

module.exports = CountReporter;
