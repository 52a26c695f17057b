import "reflect-metadata";
import { randomBytes, type webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** A key and its certificate, both as PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Whom a certificate is for, and for what. */
export interface Subject {
  /** The user that Kubernetes takes its holder for, or the name of a server. */
  readonly name: string;
  /** Groups of the user. @default - none */
  readonly groups?: readonly string[];
  /** A client, a server, or a member of etcd, which is both. */
  readonly usage: "client" | "server" | "peer";
  /** DNS names and addresses of a server. @default - none */
  readonly addresses?: readonly string[];
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 86_400_000;
/** Days that an authority is valid, and with it all that it signs. */
export const VALID_DAYS = 365;

/** A new authority of this machine, which signs what is asked of it and no other authorities. */
export async function createAuthority(name: string): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: [{ CN: [name] }],
    // A clock that was put back a little shall not make it invalid.
    notBefore: new Date(Date.now() - 300_000),
    notAfter: new Date(Date.now() + VALID_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return pairOf(certificate, keys.privateKey);
}

/** A certificate of that authority with a new key, valid as long as the authority. */
export async function issue(authority: KeyPair, subject: Subject): Promise<KeyPair> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: [...(subject.groups ?? []).map((group) => ({ O: [group] })), { CN: [subject.name] }],
    issuer: issuer.subject,
    notBefore: issuer.notBefore,
    notAfter: issuer.notAfter,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: await signingKey(authority),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(USAGES[subject.usage]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      ...addresses(subject),
    ],
  });
  return pairOf(certificate, keys.privateKey);
}

const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;
const USAGES: Readonly<Record<Subject["usage"], string[]>> = {
  client: [clientAuth],
  server: [serverAuth],
  peer: [clientAuth, serverAuth],
};

function addresses({ addresses: names = [] }: Subject): readonly x509.Extension[] {
  if (names.length === 0) return [];
  const typed = names.map((value) => ({ type: /^[\d.]+$/.test(value) ? "ip" : "dns", value }) as const);
  return [new x509.SubjectAlternativeNameExtension(typed)];
}

function signingKey({ key }: KeyPair): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.importKey("pkcs8", x509.PemConverter.decodeFirst(key), ALGORITHM, false, ["sign"]);
}

async function pairOf(certificate: x509.X509Certificate, key: webcrypto.CryptoKey): Promise<KeyPair> {
  const encoded = await crypto.subtle.exportKey("pkcs8", key);
  return {
    certificate: `${certificate.toString("pem")}\n`,
    key: `${x509.PemConverter.encode(encoded, x509.PemConverter.PrivateKeyTag)}\n`,
  };
}

/** Positive, as the standard has it: the first bit is none. */
function serial(): string {
  const bytes = randomBytes(16);
  bytes[0]! &= 0x7f;
  return bytes.toString("hex");
}
