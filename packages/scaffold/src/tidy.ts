import type { Plugin } from "prettier";

/** TypeScript as the platform's repository formats its files, however long what is filled in. */
export async function tidy(file: string, text: string): Promise<string> {
  const { format } = await import("prettier/standalone");
  const plugins = [await import("prettier/plugins/estree"), await import("prettier/plugins/typescript")];
  return format(text, { filepath: file, plugins: plugins as Plugin[], printWidth: 120, trailingComma: "all" });
}
