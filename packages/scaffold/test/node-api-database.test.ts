import "reflect-metadata";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import path from "node:path";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import * as x509 from "@peculiar/x509";
import { ended, generated, INSTALLING_MS, installNode, SAMPLES } from "./generated";
import { answering, freePort, start } from "./served";

const [, all] = SAMPLES["node-api"]!;
const HOST = "localhost";
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
/** Messages of PostgreSQL's protocol: that a client wants TLS, that it may have it, and that it has to say its password. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const SSL_ACCEPTED = "S";
const PASSWORD_PLEASE = Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 3]);

let repository: string;
let certified: Certificate;
let stranger: Certificate;
beforeAll(async () => {
  repository = await generated("node-api", all!);
  await installNode(repository);
  const { code, said } = await ended("npm", ["run", "build"], repository);
  if (code !== 0) throw new Error(said);
  [certified, stranger] = [await certificate(), await certificate()];
}, INSTALLING_MS);

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate of {@link HOST} that is its own authority. */
async function certificate(): Promise<Certificate> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const names = new x509.SubjectAlternativeNameExtension([{ type: "dns", value: HOST }]);
  const signed = { name: `CN=${HOST}`, signingAlgorithm: ALGORITHM, keys, extensions: [names] };
  const made = await x509.X509CertificateGenerator.createSelfSigned(signed);
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { cert: made.toString("pem"), key: x509.PemConverter.encode(key, x509.PemConverter.PrivateKeyTag) };
}

/**
 * Stands before a PostgreSQL that trusts everybody as RDS does: over TLS alone, and it wants a password. What clients say until
 * then is kept.
 */
async function guarded(to: number, shown: Certificate): Promise<{ readonly front: Server; readonly said: string[] }> {
  const said: string[] = [];
  const next = async (from: Duplex): Promise<Buffer> => ((await once(from, "data")) as [Buffer])[0];
  const front = createServer((socket) => {
    const end = () => void socket.destroy();
    const signIn = async (): Promise<void> => {
      if (!SSL_REQUEST.equals(await next(socket))) return end();
      socket.write(SSL_ACCEPTED);
      const secure = new TLSSocket(socket, { isServer: true, ...shown }).on("error", end);
      const whoAndWhere = await next(secure);
      secure.write(PASSWORD_PLEASE);
      said.push(String(whoAndWhere), String(await next(secure)));
      const database = connect(to, "127.0.0.1").on("error", end);
      database.write(whoAndWhere);
      secure.pipe(database).pipe(secure);
    };
    socket.on("error", end);
    signIn().catch(end);
  }).listen(0, HOST);
  await once(front, "listening");
  return { front, said };
}

/** The service, started as in its image and told what the platform tells it, with a database that shows a certificate. */
async function inPod(shown: Certificate) {
  const [port, databasePort] = [await freePort(), await freePort()];
  const directory = repository;
  const program = path.join(directory, "node_modules", ".bin", "pglite-server");
  start({ program, words: ["--db=memory://", `--port=${databasePort}`], directory, more: {} });
  const { front, said } = await guarded(databasePort, shown);
  const authority = path.join(directory, "ca.pem");
  writeFileSync(authority, certified.cert);
  const words = JSON.parse(/^CMD (\[.*\])$/m.exec(readFileSync(path.join(directory, "Dockerfile"), "utf8"))![1]!);
  const more = {
    PORT: String(port),
    DATABASE_HOST: HOST,
    DATABASE_PORT: String((front.address() as AddressInfo).port),
    DATABASE_NAME: "postgres",
    DATABASE_USER: "returns_rw",
    DATABASE_CA_FILE: authority,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example",
  };
  const server = start({ program: process.execPath, words, directory, more });
  await answering(server, `http://127.0.0.1:${port}/healthz`);
  return { server, said, front, ready: `http://127.0.0.1:${port}/readyz` };
}

test("in a pod it signs in over TLS as its own user, with a token of its cloud identity, and is ready", async () => {
  const { server, said, front, ready } = await inPod(certified);
  await answering(server, ready);
  front.close();
  expect(said[0]).toContain("user\0returns_rw\0database\0postgres\0");
  expect(said[1]).toMatch(/localhost:\d+\/\?Action=connect&DBUser=returns_rw&X-Amz-/);
}, 120_000);

test("to a database that another authority vouches for it says nothing, and is not ready", async () => {
  const { said, front, ready } = await inPod(stranger);
  const answer = await fetch(ready);
  front.close();
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: "not ready", failed: ["database"] });
  expect(said).toEqual([]);
}, 120_000);
