import { PavedError } from "@paved/model";
import { askGitHub, type GitHubRun, unreadable } from "./run";

/** Commits that are asked for at once. */
const AT_ONCE = 50;

interface Author {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly user?: { readonly login?: string } | null;
}

interface Answer {
  readonly data?: {
    readonly repository?: Readonly<
      Record<string, { readonly authors?: { readonly nodes?: readonly Author[] } } | null>
    >;
  };
}

/**
 * Logins of all who wrote these commits, co-authors too, whatever address they committed with: GitHub knows whose it is.
 * @throws PavedError PVD5018 for each commit that it does not know, and each author that has no account
 */
export async function gitHubAuthors(run: GitHubRun, commits: readonly string[]): Promise<readonly string[]> {
  const logins = new Set<string>();
  const unknown: string[] = [];
  for (let start = 0; start < commits.length; start += AT_ONCE) {
    const some = commits.slice(start, start + AT_ONCE);
    const found = await authorsOf(run, some);
    for (const [index, id] of some.entries()) {
      const authors = found[`c${index}`]?.authors?.nodes;
      if (authors === undefined || authors.length === 0) unknown.push(`no commit ${id}`);
      for (const author of authors ?? []) {
        const login = author.user?.login ?? loginIn(author.email ?? "");
        if (login === undefined)
          unknown.push(`no account of ${author.name} <${author.email}>, who wrote ${id.slice(0, 12)}`);
        else logins.add(login);
      }
    }
  }
  if (unknown.length === 0) return [...logins].toSorted();
  const fix = "have the author add the address to an account, or vouch for who approves with paved approve --by";
  throw new PavedError([...new Set(unknown)].map((got) => unreadable(got, fix)));
}

async function authorsOf(run: GitHubRun, commits: readonly string[]) {
  const [owner, name] = run.repository.split("/");
  const asked = "... on Commit { authors(first: 100) { nodes { name email user { login } } } }";
  const objects = commits.map((id, index) => `c${index}: object(oid: ${JSON.stringify(id)}) { ${asked} }`);
  const query = `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${objects.join(" ")} } }`;
  const answer = (await askGitHub(run, run.graphql, { query, variables: { owner, name } })) as Answer | undefined;
  const found = answer?.data?.repository;
  if (found === undefined || found === null) throw new PavedError(unreadable("no commits of it", "report it"));
  return found;
}

/** The address that GitHub gives in place of one's own has the login in it. */
export function loginIn(address: string): string | undefined {
  return /^(?:\d+\+)?([^@]+)@users\.noreply\.github\.com$/i.exec(address)?.[1];
}
