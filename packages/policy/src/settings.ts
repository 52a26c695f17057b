/** Variables by which a process loads code that its image did not bring. */
const FOREIGN_CODE =
  /^(LD_(PRELOAD|LIBRARY_PATH|AUDIT)|DYLD_\w+|GCONV_PATH|GLIBC_TUNABLES|BASH_ENV|PROMPT_COMMAND|PYTHON(PATH|STARTUP|HOME|INSPECT|BREAKPOINT|USERBASE)|NODE_PATH|PERL(LIB|5LIB|5OPT|5DB)|RUBY(OPT|LIB)|(_JAVA|JAVA_TOOL|JDK_JAVA)_OPTIONS|CLASSPATH|DOTNET_STARTUP_HOOKS|(CORECLR|COR)_PROFILER\w*)$/i;

/** Variables by which calls go another way than to whom they are for, or are made as somebody else. */
const ELSEWHERE =
  /^((HTTP|HTTPS|ALL|FTP|GRPC)_PROXY|AWS_(ENDPOINT_URL\w*|CONTAINER_\w+|WEB_IDENTITY_TOKEN_FILE|ROLE_ARN|PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE)|PG(PASSFILE|SERVICE|SERVICEFILE|HOSTADDR)|HOSTALIASES|LOCALDOMAIN|RES_OPTIONS|SSLKEYLOGFILE)$/i;

/** Variables with one value that is safe. */
const ONE_VALUE: Readonly<Record<string, string>> = {
  NODE_ENV: "production",
  NODE_TLS_REJECT_UNAUTHORIZED: "1",
  PGSSLMODE: "verify-full",
  PYTHONHTTPSVERIFY: "1",
};

/** Variables that name files of certificates and keys. */
const CERTIFICATES =
  /^(PGSSL(ROOTCERT|CERT|KEY|CRL)|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL|AWS)_CA_BUNDLE|GRPC_DEFAULT_SSL_ROOTS_FILE_PATH|GIT_SSL_CAINFO|(DATABASE|TLS)_(CA|CERT|KEY)_FILE)$/i;

/** Where the platform mounts them, and where images have those of public authorities. Neither can be written to. */
const MOUNTED = /^\/etc\/(paved|ssl\/certs)\/(?!.*\.\.)/;

/** Options of Node.js that load nothing, open nothing and verify no less. */
const NODE_OPTION =
  /^--(max-(old|semi)-space-size=\d+|enable-source-maps|unhandled-rejections=(strict|throw)|trace-warnings|dns-result-order=\w+|tls-min-v1\.[23])$/;

/** Names that say that a check is left out, and names that say that it is made. */
const LEFT_OUT =
  /(^|_)(INSECURE|(SKIP|NO|DISABLE)_(TLS|SSL|CERT\w*|VERIFY)|(TLS|SSL)_NO_VERIFY|ALLOW_SELF_SIGNED)(_|$)/i;
const MADE =
  /(^|_)((TLS|SSL|CERTS?|CERTIFICATE)_(VERIFY|VERIFICATION|ENABLED?|REQUIRED?|STRICT)|VERIFY_(TLS|SSL|CERTS?|PEER|HOST)|REJECT_UNAUTHORIZED|USE_(TLS|SSL))$/i;
const NO = /^(|0|f|false|n|no|none|off|never|disabled?)$/i;

/** Parts of addresses and settings that ask for less than a verified connection. */
const UNVERIFIED =
  /\bsslmode=(?!verify-full\b)|\brejectUnauthorized["'=:\s]+false|\b(tls|ssl)_?insecure\b|"insecure"\s*:\s*true/i;

/**
 * What harm a variable of a process does, for example `verifies no certificate`; nothing when it does none that is known.
 * @param value nothing when it comes from elsewhere, such as a Secret
 */
export function harmOf(name: string, value: string | undefined): string | undefined {
  if (FOREIGN_CODE.test(name)) return "loads code that is not of its image";
  if (ELSEWHERE.test(name)) return "leads calls elsewhere, or makes them as somebody else";
  const safe = ONE_VALUE[name.toUpperCase()];
  if (safe !== undefined) return value === safe ? undefined : `is not ${safe}`;
  if (value === undefined) return undefined;
  if (CERTIFICATES.test(name)) return MOUNTED.test(value) ? undefined : "names a file that the platform did not mount";
  if (name.toUpperCase() === "NODE_OPTIONS") return harmOfNodeOptions(value);
  return verifiesLess(name, value) ? "verifies less than it could" : undefined;
}

function harmOfNodeOptions(value: string): string | undefined {
  const harmless = value.split(/\s+/).every((option) => option === "" || NODE_OPTION.test(option));
  return harmless ? undefined : "gives Node.js an option that is not of the harmless ones";
}

function verifiesLess(name: string, value: string): boolean {
  if (LEFT_OUT.test(name)) return !NO.test(value);
  if (MADE.test(name)) return NO.test(value);
  if (/(^|_)SSL_?MODE$/i.test(name)) return value !== "verify-full";
  return UNVERIFIED.test(value) || (/^GRPC_/i.test(name) && /\b(insecure|plaintext)\b/i.test(value));
}
