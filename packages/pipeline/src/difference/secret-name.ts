import { isSecretName } from "@paved/policy";

/** Suffixes that say how a secret is written, and do not make it less of one. */
const WRITTEN_AS = /[_.-](wo|string|value|text|plain|pem|base64|b64|encoded)$/i;
/** Names of secrets whose words are written as one. */
const ONE_WORD = /(password|passwd|passphrase|secret|token|credentials?|(api|access|private|secret)key)$/i;
/** Names under which Kubernetes has places, not secrets. */
const PLACE = /(^|_)topology_key$/i;

/**
 * Whether what stands under a name is nobody's business: as the guard-rails have it, in whatever case its words are written,
 * and whatever stands before a slash or a colon.
 */
export function isTellingName(name: string): boolean {
  const last = name.replace(/^.*[/:\s]/s, "");
  const words = last.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/([A-Z])([A-Z][a-z])/g, "$1_$2");
  const bare = words.replace(/(\[\d+\])+$/, "").replace(WRITTEN_AS, "");
  return !PLACE.test(bare) && (isSecretName(bare) || ONE_WORD.test(bare));
}
