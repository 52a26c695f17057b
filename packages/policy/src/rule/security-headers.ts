import { asText, at, demand, isAtLeast, isOneOf, isTrue, unless } from "./attributes";
import type { Attributes, Violation } from "./rule";

/** Headers that a browser has to get, by their names in a policy of CloudFront. */
export const HEADERS = [
  "content_security_policy",
  "content_type_options",
  "frame_options",
  "referrer_policy",
  "strict_transport_security",
];

/** Seconds of a year, the least that browsers' preload lists take. */
const YEAR = 31_536_000;

/** Referrer policies that tell others no path and no query. */
const isDiscreet = isOneOf("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin");

/** What is wrong with the security headers of a site. */
export function headerFaults(policy: Attributes): readonly Violation[] {
  const headers = at(policy, "security_headers_config");
  return [
    ...HEADERS.filter((name) => !isTrue(at(headers, `${name}.override`))).map((name) => ({
      got: `no ${name} that is enforced`,
    })),
    ...contentFaults(asText(at(headers, "content_security_policy.content_security_policy") ?? "")),
    ...demand(headers, "strict_transport_security.access_control_max_age_sec", isAtLeast(YEAR)),
    ...demand(headers, "strict_transport_security.include_subdomains", isTrue),
    ...demand(headers, "frame_options.frame_option", isOneOf("DENY", "SAMEORIGIN")),
    ...demand(headers, "referrer_policy.referrer_policy", isDiscreet),
    ...crossOriginFaults(policy),
  ];
}

/** Answers that any site may read, with the cookies of whoever visits it. */
function crossOriginFaults(policy: Attributes): readonly Violation[] {
  const anybody = JSON.stringify(at(policy, "cors_config.access_control_allow_origins") ?? []).includes('"*"');
  const withCookies = isTrue(at(policy, "cors_config.access_control_allow_credentials"));
  return unless(!(anybody && withCookies), "access_control_allow_origins * with credentials");
}

/** Directives whose sources are run; of the others, styles may stand within pages, as most libraries of React need it. */
const RUN = new Set(["default-src", "script-src", "script-src-elem", "script-src-attr", "object-src", "worker-src"]);
/** Directives that default-src does not stand for, and those it does; each has to be said. */
const NEEDED = ["default-src", "base-uri", "frame-ancestors", "object-src"];

/** What is wrong with a Content-Security-Policy: directives that are missing, and sources that are anybody's. */
function contentFaults(policy: string): readonly Violation[] {
  const directives = policy.split(";").map((directive) => directive.trim().toLowerCase().split(/\s+/));
  const said = new Set(directives.map(([name]) => name));
  return [
    ...NEEDED.filter((name) => !said.has(name)).map((name) => ({ got: `no ${name}` })),
    ...directives.flatMap(([name = "", ...sources]) =>
      sources.filter((source) => isAnybodys(name, source)).map((source) => ({ got: `${name} ${source}` })),
    ),
  ];
}

function isAnybodys(directive: string, source: string): boolean {
  if (/^(\*|(https?|wss?|ftp|filesystem):(\/\/\*?)?|'unsafe-eval'|'unsafe-hashes')$/.test(source)) return true;
  if (/^(http|ws|ftp):/.test(source) || /^(https?:\/\/)?\*\.[a-z]+$/.test(source)) return true;
  return RUN.has(directive) && (source === "'unsafe-inline'" || /^(data|blob):/.test(source));
}
