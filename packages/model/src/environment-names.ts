/**
 * The environments of the platform, in the order a change is promoted through them. Each is one file of
 * `environments/src`, and nothing else lists them; `paved new-environment` and `paved remove-environment` write this line.
 */
export const ENVIRONMENT_NAMES = ["dev", "staging", "production"] as const;

/** One of {@link ENVIRONMENT_NAMES}. */
export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];

/**
 * What an environment may be called. A hyphen would end the name in those of its stacks, and is in names of GitHub's
 * environments that are not ours (`copy-staging`); the words are steps of the workflow that applies, and the environment of
 * GitHub that delivers.
 */
export const ENVIRONMENT_NAME = /^(?!(?:apply|approve|copy|deliver|delivery|plan)$)[a-z][a-z0-9]{0,19}$/;
