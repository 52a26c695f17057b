import * as fc from "fast-check";
import { credentialIn } from "../src/credentials";

/** Put together here, so that no scanner takes this file for a leak. */
const letters = (count: number) => "aB3".repeat(count).slice(0, count);

test.each([
  ["an AWS access key", `AKIA${"Q".repeat(16)}`],
  ["an AWS access key", `ASIA${"Z".repeat(16)}`],
  ["a private key", `-----BEGIN ${"RSA "}PRIVATE KEY-----\nMIIE`],
  ["a private key", `-----BEGIN ${""}PRIVATE KEY-----`],
  ["a GitHub token", `ghp_${letters(36)}`],
  ["a GitHub token", `github_pat_${letters(60)}`],
  ["a GitLab token", `glpat-${letters(20)}`],
  ["a Slack token", `xoxb-${"1".repeat(12)}`],
  ["a Stripe key", `sk_live_${letters(24)}`],
  ["a Google API key", `AIza${letters(35)}`],
  ["an npm token", `npm_${letters(36)}`],
  ["a JSON Web Token", `eyJ${letters(20)}.eyJ${letters(30)}.${letters(20)}`],
  ["a password in a URL", `postgres://app:${letters(8)}@db.internal:5432/orders`],
])("finds %s", (kind, text) => {
  expect(credentialIn(text)).toBe(kind);
  expect(credentialIn(`{"value":"${text}"}`)).toBe(kind);
});

test.each([
  "https://dev.paved.example.com:8443/orders",
  "postgres://db.internal:5432/orders?user=a@b",
  "https://${aws_eks_cluster.main.endpoint}:443/@x",
  "arn:aws:iam::111111111111:role/paved-apply",
  "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "-----BEGIN CERTIFICATE-----",
  "paved/dev/orders/stripe-api-key",
])("leaves %s alone", (text) => {
  expect(credentialIn(text)).toBeUndefined();
});

test("finds nothing in names", () => {
  const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/);
  fc.assert(fc.property(names, (name) => expect(credentialIn(name)).toBeUndefined()));
});
