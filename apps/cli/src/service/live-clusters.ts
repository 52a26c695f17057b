import { kubeconfigFiles, userAccess, type UserContext, userContexts } from "@paved/control-plane";
import { type EnvironmentEntry, type Finding, PavedError } from "@paved/model";
import type { CommandContext } from "../command-spec";
import type { ReadableCluster, WantedClusters } from "./readable-cluster";

/**
 * The clusters of the environments, as the user's kubeconfig reaches them: the context whose cluster is the environment's by its
 * ARN, as `aws eks update-kubeconfig` writes it, or the one that `--context` names.
 * @throws PavedError PVD4003 for `--as`, and for a context of several environments; PVD9007 when one of them has no context, or
 * its context does not bring there
 */
export async function liveClusters(
  { options }: CommandContext,
  { environments, index, owner }: WantedClusters,
): Promise<readonly ReadableCluster[]> {
  const named = options["context"] as string | undefined;
  if (options["as"] !== undefined)
    throw notTogether("--as", String(options["as"]), "name a context of your kubeconfig");
  if (named !== undefined && environments.length !== 1)
    throw notTogether("--context", named, "name the one environment that it is of by --env");
  const files = kubeconfigFiles(process.env);
  const contexts = userContexts(files);
  refuseOther(
    index.environments,
    environments,
    contexts.find(({ name }) => name === named),
  );
  const wanted = index.environments.filter(({ name }) => environments.includes(name));
  const found = wanted.map((environment) => ({ environment, context: contextOf(contexts, environment, named) }));
  const missing = found.filter(({ context }) => context === undefined);
  if (missing.length > 0) throw new PavedError(missing.map(({ environment }) => noContext(environment, named, files)));
  const reached: ReadableCluster[] = [];
  // One after the other: each may ask whoever sits there who they are.
  for (const { environment, context } of found) {
    const { name } = context!;
    const access = await userAccess(files, name);
    reached.push({
      environment: environment.name,
      context: name,
      access,
      remedy: remedies(environment, access.server, owner),
    });
  }
  return reached;
}

/** What is seen of one environment is not to be called another's. */
function refuseOther(
  all: readonly EnvironmentEntry[],
  chosen: readonly string[],
  context: UserContext | undefined,
): void {
  const other = all.find(({ name, cluster }) => cluster === context?.cluster && !chosen.includes(name));
  if (other !== undefined && context !== undefined)
    throw notTogether("--context", `${context.name}, which is of ${other.name}`, "name one that is of the environment");
}

function contextOf(
  contexts: readonly UserContext[],
  { cluster }: EnvironmentEntry,
  named?: string,
): UserContext | undefined {
  return contexts.find((context) => (named === undefined ? context.cluster === cluster : context.name === named));
}

function noContext(
  { name, cluster, region }: EnvironmentEntry,
  named: string | undefined,
  files: readonly string[],
): Finding {
  const short = cluster.split("/").at(-1);
  return {
    code: "PVD9007",
    where: name,
    got: `no context ${named ?? `of ${cluster}`} in ${files.join(", ")}`,
    want: "one that reaches the cluster",
    fix: `run aws eks update-kubeconfig --name ${short} --region ${region}, or name another one by --context`,
  };
}

function remedies({ name, apiFrom }: EnvironmentEntry, server: string, owner: string): ReadableCluster["remedy"] {
  return {
    refused: () => `take on a role that is of the group team:${owner}`,
    unreachable: (error) =>
      new PavedError({
        code: "PVD9007",
        where: `${name} at ${server}`,
        got: error.message,
        want: "an answer",
        fix: /certificate|self-signed/i.test(error.message)
          ? "see that kubectl works with it: the authority of the server is another one"
          : `ask from ${apiFrom.join(" or ")}: its endpoint is private`,
      }),
  };
}

function notTogether(where: string, got: string, fix: string): PavedError {
  const want =
    where === "--as" ? "it without --live: the kubeconfig says who you are" : "a context for one environment";
  return new PavedError({ code: "PVD4003", where, got, want, fix });
}
