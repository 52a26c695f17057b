/** How credentials look that are given out with a form of their own, as their issuers document it. */
const FORMS: readonly (readonly [string, RegExp])[] = [
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/],
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})/],
  ["a GitLab token", /\bglpat-[\w-]{20,}/],
  ["a Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ["a Stripe key", /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/],
  ["a Google API key", /\bAIza[\w-]{35}/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}/],
  ["a JSON Web Token", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/],
  [
    "a password in a connection string",
    /(?:^|[;&?\s"'])(?:password|pwd|accountkey|sharedaccesskey)=[^;&\s"'$<{(%]{4,}/i,
  ],
  ["a password in a URL", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@$]*:[^\s/:@$]+@/i],
];

/** What credential a text holds, for example `an AWS access key`; nothing when it holds none that can be recognised. */
export function credentialIn(text: string): string | undefined {
  return FORMS.find(([, form]) => form.test(text))?.[0];
}

/** Names of what is secret. A file, an ARN or an id of one is none, and neither are keys that sort, find or verify. */
const SECRET_NAME =
  /(^|[_.-])(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|CONNECTION_?STRING|(API|ACCESS|PRIVATE|SECRET)_?KEY|ACCESS_?KEY_?ID)$/i;
const KEY_NAME = /(^|[_.-])KEY$/i;
const NO_SECRET_KEY = /(^|[_.-])(PUBLIC|PUBLISHABLE|PARTITION|SORT|ROUTING|CACHE|PRIMARY|FOREIGN)[_.-]KEY$/i;

/** Whether a setting of this name would hold a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) || (KEY_NAME.test(name) && !NO_SECRET_KEY.test(name));
}
