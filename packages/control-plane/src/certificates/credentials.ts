import { generateKeyPairSync, randomUUID, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import { createAuthority, issue, type KeyPair, type Subject } from "./authority";

/** Who signs: one authority for Kubernetes, and others so that no user of Kubernetes gets into what they are of. */
const AUTHORITIES = ["kubernetes", "etcd", "argo-cd"] as const;

/** One of them. */
export type AuthorityName = (typeof AUTHORITIES)[number];

const RENEW_DAYS = 30;
const DAY_MS = 86_400_000;

/** The keys and certificates of one control plane, in files. */
export class Credentials {
  private constructor(
    private readonly folder: string,
    /** Another one as soon as all keys are new ones. */
    readonly generation: string,
  ) {}

  /** Those that there are; new ones where an authority is missing, or ends within 30 days. */
  static async in(folder: string): Promise<Credentials> {
    if (!isFresh(folder)) await create(folder);
    return new Credentials(folder, generationIn(folder));
  }

  /** Those that there are, however old, and nothing is made. @returns undefined where there are none */
  static existing(folder: string): Credentials | undefined {
    return exist(folder) ? new Credentials(folder, generationIn(folder)) : undefined;
  }

  /** File with the certificate of an authority. */
  authority(name: AuthorityName): string {
    return path.join(this.folder, `${name}-authority.crt`);
  }

  /** File with the key that signs tokens of service accounts. */
  get accountKey(): string {
    return path.join(this.folder, "service-accounts.key");
  }

  /** File with the key that they are checked by. */
  get accountPublicKey(): string {
    return path.join(this.folder, "service-accounts.pub");
  }

  /** Files of a certificate and its key, issued when it is first asked for. */
  async files(
    authority: AuthorityName,
    subject: Subject,
  ): Promise<{ readonly certificate: string; readonly key: string }> {
    const files = {
      key: path.join(this.folder, `${fileName(subject.name)}.key`),
      certificate: path.join(this.folder, `${fileName(subject.name)}.crt`),
    };
    if (!existsSync(files.certificate)) {
      const pair = await issue(readPair(this.folder, `${authority}-authority`), subject);
      // The certificate last: where it is, its key is.
      writeAtomically(files.key, pair.key);
      writeAtomically(files.certificate, pair.certificate);
    }
    return files;
  }

  /** The same, as text. */
  async pair(authority: AuthorityName, subject: Subject): Promise<KeyPair> {
    await this.files(authority, subject);
    return readPair(this.folder, fileName(subject.name));
  }
}

async function create(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of AUTHORITIES) {
    const pair = await createAuthority(`paved-sandbox-${name}`);
    writeAtomically(path.join(folder, `${name}-authority.key`), pair.key);
    writeAtomically(path.join(folder, `${name}-authority.crt`), pair.certificate);
  }
  const accounts = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  writeAtomically(path.join(folder, "service-accounts.key"), accounts.privateKey);
  writeAtomically(path.join(folder, "service-accounts.pub"), accounts.publicKey);
  // Last: without it the folder counts as not there.
  writeAtomically(path.join(folder, "generation"), randomUUID());
}

function exist(folder: string): boolean {
  return existsSync(path.join(folder, "generation"));
}

function generationIn(folder: string): string {
  return readFileSync(path.join(folder, "generation"), "utf8");
}

function isFresh(folder: string): boolean {
  return exist(folder) && AUTHORITIES.every((name) => isValid(path.join(folder, `${name}-authority.crt`)));
}

function isValid(certificate: string): boolean {
  if (!existsSync(certificate)) return false;
  const { validTo } = new X509Certificate(readFileSync(certificate));
  return Date.parse(validTo) - Date.now() > RENEW_DAYS * DAY_MS;
}

function readPair(folder: string, name: string): KeyPair {
  const read = (ending: string): string => readFileSync(path.join(folder, `${name}.${ending}`), "utf8");
  return { certificate: read("crt"), key: read("key") };
}

/** Users of Kubernetes have colons in their names, which not every file system takes. */
function fileName(user: string): string {
  return user.replaceAll(":", "-");
}
