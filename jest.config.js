/** One jest configuration: every package runs it with its own folder as the root. */
/** @type {import("jest").Config} */

// Packages that are published as ES modules only; jest runs CommonJS, so they are looked up here and transformed.
const esm =
  "kubernetes-models|@kubernetes-models/(?:base|validate|apimachinery|argo-cd|cert-manager|external-secrets|flux-cd|gateway-api|keda|prometheus-operator)";
const modules = `${__dirname}/node_modules`;
const prompts = "@clack/(?:core|prompts)|fast-string-truncated-width|fast-string-width|fast-wrap-ansi|sisteransi";
const transformed = `${esm}|${prompts}|is-cidr|cidr-regex`;

module.exports = {
  rootDir: process.cwd(),
  testEnvironment: "node",
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/", "/scaffold/templates/"],
  modulePathIgnorePatterns: ["/dist/", "/cdktf.out/", "/\\.paved/"],
  moduleNameMapper: {
    "^@kubernetes-models/(base|validate)$": `${modules}/@kubernetes-models/$1/dist/index.js`,
    "^@kubernetes-models/validate/runtime/(.+)$": `${modules}/@kubernetes-models/validate/dist/runtime/$1.js`,
    [`^(${esm})/(.+)$`]: `${modules}/$1/$2.js`,
  },
  transform: {
    "^.+\\.ts$": ["@swc/jest", swc("typescript")],
    "^.+\\.m?js$": ["@swc/jest", swc("ecmascript")],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${transformed})/)`],
  reporters: [["default", { summaryThreshold: 1000 }], require.resolve("./packages/testing/count-reporter.cjs")],
  testTimeout: 120_000,
};

function swc(syntax) {
  return { sourceMaps: "inline", jsc: { target: "es2022", parser: { syntax } }, module: { type: "commonjs" } };
}
