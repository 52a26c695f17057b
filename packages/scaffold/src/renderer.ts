import { Environment } from "nunjucks";

/**
 * Renders text as Backstage's `fetch:template` does: Nunjucks, with `${{ }}` for values, so that one set of files serves the
 * command and the form. What is not known is an error and not nothing, and nothing is escaped: no output is HTML.
 */
const environment = new Environment(null, {
  autoescape: false,
  throwOnUndefined: true,
  tags: { variableStart: "${{", variableEnd: "}}" },
});

/** What templates may use. */
export type Values = Readonly<Record<string, unknown>>;

/** The text with its values filled in. */
export function renderText(text: string, context: Readonly<Record<string, Values>>): string {
  return environment.renderString(text, context);
}
