/** For files with a hash in their name: another content is another file, so what a browser has it never asks for again. */
export const FOR_EVER = "public, max-age=31536000, immutable";

/** For all others: a browser keeps them, and asks each time whether they are still what they were. */
export const ASK_FIRST = "no-cache";

/** `Cache-Control` of a file, as `scripts/publish.sh` uploads it. @param file its path from the root of the site, `/index.html` */
export function cacheControl(file: string): string {
  return file.startsWith("/assets/") ? FOR_EVER : ASK_FIRST;
}
