import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import type { EnvironmentFolder } from "../site";

/** The account of Argo CD's API that may read. */
export const READER_ACCOUNT = "reader";

/** What Argo CD of one environment keeps secret. */
export interface DeliverySecrets {
  /** What Redis asks for. */
  readonly redisPassword: string;
  /** What Argo CD signs sessions and tokens with. */
  readonly signingKey: string;
  /** The only token of {@link READER_ACCOUNT}: its id, and when it was issued, in seconds. */
  readonly token: { readonly id: string; readonly iat: number };
}

/** Those of an environment, made when they are first asked for. */
export function secretsOf(folder: EnvironmentFolder): DeliverySecrets {
  const file = folder.settings("argo-cd-secrets.json");
  try {
    return JSON.parse(readFileSync(file, "utf8")) as DeliverySecrets;
  } catch {
    const secrets: DeliverySecrets = {
      redisPassword: randomBytes(32).toString("hex"),
      signingKey: randomBytes(32).toString("base64"),
      token: { id: randomUUID(), iat: Math.floor(Date.now() / 1000) },
    };
    mkdirSync(path.dirname(file), { recursive: true });
    writeAtomically(file, JSON.stringify(secrets));
    return secrets;
  }
}

/** The token itself, as Argo CD would issue it: a JSON Web Token that its signing key signs. */
export function readerToken({ signingKey, token: { id, iat } }: DeliverySecrets): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const claims = { iss: "argocd", sub: `${READER_ACCOUNT}:apiKey`, nbf: iat, iat, jti: id };
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", signingKey).update(signed).digest("base64url")}`;
}
