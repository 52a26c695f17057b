/** What the exit code of `paved` says. */
export const EXIT_CODES = {
  ok: { code: 0, meaning: "everything asked for was done" },
  failed: { code: 1, meaning: "something failed; every error is printed, with its code" },
  usage: { code: 2, meaning: "wrong usage: an unknown command, option, environment, service or address" },
  changes: { code: 3, meaning: "plan --detailed-exitcode found changes, or drift found drift" },
  interrupted: { code: 130, meaning: "stopped by Ctrl-C, after OpenTofu saved its state" },
} as const;

/** Error codes that mean the command line was wrong. */
const USAGE_ERRORS: ReadonlySet<string> = new Set(["PVD4001", "PVD4002", "PVD4003"]);

/** The exit code for findings that ended a command. */
export function exitCodeFor(findings: readonly { readonly code: string; readonly where: string }[]): number {
  if (findings.some(({ code }) => code === "PVD2006")) return EXIT_CODES.interrupted.code;
  const usage = ({ code, where }: (typeof findings)[number]): boolean =>
    USAGE_ERRORS.has(code) || where.startsWith("--");
  return findings.length > 0 && findings.every(usage) ? EXIT_CODES.usage.code : EXIT_CODES.failed.code;
}
