import path from "node:path";

/** Git takes for an address what has a scheme, or a colon before the first slash as `git@example.com:paved.git` has. */
const REMOTE = /^[a-z][a-z0-9+.-]*:\/\/|^[^/]+:/i;

/** A repository as Git finds it from any directory. @param directory that a path is from */
export function absoluteRepository(repository: string, directory: string): string {
  return REMOTE.test(repository) ? repository : path.resolve(directory, repository);
}

/** The same text without the password, or token, that an address in it has. */
export function masked(text: string): string {
  return text
    .replace(/(\bhttps?:\/\/)[^\s/@]*(?:@[^\s/@]*)*@/gi, "$1***@")
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]*@/gi, "$1:***@");
}

/** {@link masked}, and without the secrets of `repository` wherever else they stand. */
export function maskedFor(repository: string): (text: string) => string {
  const [, user = "", password = ""] = /^[a-z][a-z0-9+.-]*:\/\/([^/:@]*)(?::([^/]*))?@/i.exec(repository) ?? [];
  const secrets = [password, /^https?:/i.test(repository) && password === "" ? user : ""]
    .flatMap((each) => [each, decoded(each)])
    .filter((each) => each !== "");
  return (text) => secrets.reduce((said, secret) => said.replaceAll(secret, "***"), masked(text));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
