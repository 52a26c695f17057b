import type { IConstruct } from "constructs";
import { stackOf } from "../stack/paved-stack";
import { perTree } from "../stack/per-tree";

/** Makes the user of a workload, in the stack that the cache is in. */
type MakeUser = (workload: string) => void;

interface Users {
  readonly asked: string[];
  make?: MakeUser;
}

const ledgerOfTree = perTree(() => new Map<string, Users>());

function usersOf(scope: IConstruct, service: string): Users {
  const ledger = ledgerOfTree(scope);
  const key = `${stackOf(scope).environment.name}/${service}`;
  const users = ledger.get(key) ?? { asked: [] };
  ledger.set(key, users);
  return users;
}

/**
 * Has the cache of a service, in the environment of `scope`, get a user for a workload of another stack: who may use a cache
 * is one list, which the cache's own stack keeps. Whichever of the two is built first, the other one finds it.
 */
export function askForCacheUser(scope: IConstruct, service: string, workload: string): void {
  const users = usersOf(scope, service);
  users.asked.push(workload);
  users.make?.(workload);
}

/** Says how the cache of a service makes users, and has those made that were asked for before. */
export function makeCacheUsers(scope: IConstruct, service: string, make: MakeUser): void {
  const users = usersOf(scope, service);
  users.make = make;
  for (const workload of users.asked) make(workload);
}
