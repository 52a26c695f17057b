import type { IConstruct } from "constructs";
import { stackOf } from "../stack/paved-stack";
import { perTree } from "../stack/per-tree";
import type { DatabaseUser } from "./access-sql";

type Users = Map<string, DatabaseUser>;

const ledgerOfTree = perTree(() => new Map<string, Users>());

function ledgerOf(scope: IConstruct, service: string): Users {
  const ledger = ledgerOfTree(scope);
  const key = `${stackOf(scope).environment.name}/${service}`;
  const users = ledger.get(key) ?? (new Map() as Users);
  ledger.set(key, users);
  return users;
}

/** Takes note of a user of the database of a service, in the environment of `scope`. */
export function addDatabaseUser(scope: IConstruct, service: string, user: DatabaseUser): void {
  ledgerOf(scope, service).set(user.name, user);
}

/**
 * Users that the database of a service is to have, in the environment of `scope`: whoever was granted it, in whichever
 * stack. Complete once every stack of the environment is built.
 */
export function databaseUsers(scope: IConstruct, service: string): readonly DatabaseUser[] {
  return [...ledgerOf(scope, service).values()];
}
