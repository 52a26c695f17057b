/** One jest configuration: every package runs it with its own folder as the root. */
/** @type {import("jest").Config} */
module.exports = {
  rootDir: process.cwd(),
  testEnvironment: "node",
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
  modulePathIgnorePatterns: ["/dist/", "/cdktf.out/", "/\\.paved/"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { sourceMaps: "inline", jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
  },
  reporters: [["default", { summaryThreshold: 1000 }], require.resolve("./packages/testing/count-reporter.cjs")],
  testTimeout: 30_000,
};
