import { renderText, type Values } from "./renderer";

/** A folder of templates that a repository is made from. */
export interface Layer {
  /** Below `templates`. */
  readonly folder: string;
  /**
   * When it is used: an expression of `parameters` that Backstage's templates know too, for example
   * `parameters.database != "none"`. @default - always
   */
  readonly when?: string;
}

/** The folders that are used where these are the answers. */
export function foldersOf(layers: readonly Layer[], answers: Values): readonly string[] {
  const isUsed = ({ when }: Layer): boolean =>
    when === undefined || renderText(`\${{ ${when} }}`, { parameters: answers }) === "true";
  return layers.filter(isUsed).map(({ folder }) => folder);
}
