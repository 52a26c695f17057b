import type { CloudfrontResponseHeadersPolicySecurityHeadersConfig } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";

/** Two years, what browsers' preload lists ask for. */
const HSTS_SECONDS = 63_072_000;

/**
 * What a site may do in a browser unless it says otherwise: scripts, styles and fonts of its own only, calls to itself and
 * to the environment's API, in no frame of others. Source: OWASP HTTP Headers Cheat Sheet.
 *
 * @param apiOrigin origin that the site may call, for example `https://dev.example.com`
 */
export function contentSecurityPolicy(apiOrigin: string): string {
  return [
    "default-src 'self'",
    "base-uri 'self'",
    `connect-src 'self' ${apiOrigin}`,
    "font-src 'self' data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "upgrade-insecure-requests",
  ].join("; ");
}

/** Security headers on each answer, over what the origin said (checkov CKV2_AWS_32). */
export function securityHeaders(policy: string): CloudfrontResponseHeadersPolicySecurityHeadersConfig {
  return {
    contentSecurityPolicy: { contentSecurityPolicy: policy, override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
    strictTransportSecurity: {
      accessControlMaxAgeSec: HSTS_SECONDS,
      includeSubdomains: true,
      preload: true,
      override: true,
    },
  };
}
