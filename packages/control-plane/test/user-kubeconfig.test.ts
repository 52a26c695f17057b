import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { kubeconfigFiles, userAccess, userContexts } from "../src";
import { createAuthority, issue } from "../src/certificates/authority";
import { execCredential } from "../src/user-kubeconfig/exec-credential";

const root = mkdtempSync(path.join(tmpdir(), "paved-kubeconfig-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const NONE = base64("none");
const SERVER = "https://cluster.example.com";
const EXEC = { apiVersion: "client.authentication.k8s.io/v1", command: "./who" };

/** A kubeconfig of one context, `here`. */
function kubeconfig({
  cluster = {},
  user = {},
  name = "config",
}: {
  cluster?: object;
  user?: object;
  name?: string;
}): string {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  const content = {
    contexts: [{ name: "here", context: { cluster: "c", user: "u" } }],
    clusters: [{ name: "c", cluster: { server: SERVER, ...cluster } }],
    users: [{ name: "u", user }],
  };
  writeFileSync(file, stringify(content));
  return file;
}

/** A program of `kubeconfig` that says this, and notes what it was told. */
function program(says: string, code = 0): void {
  const file = path.join(root, "who");
  const told = path.join(root, "told");
  writeFileSync(
    file,
    `#!/bin/sh\nprintf '%s' "$KUBERNETES_EXEC_INFO" > ${told}\nprintf '%s' '${says}'\necho "no, $WHY" >&2\nexit ${code}\n`,
  );
  chmodSync(file, 0o755);
}

const answer = (status: object): string =>
  JSON.stringify({ kind: "ExecCredential", apiVersion: EXEC.apiVersion, status });
const here = (options: Parameters<typeof kubeconfig>[0]) => userAccess([kubeconfig(options)], "here");

test("KUBECONFIG names files, else it is the one in the home folder", () => {
  expect(kubeconfigFiles({ KUBECONFIG: `/a${path.delimiter}/b`, HOME: "/home/me" })).toEqual(["/a", "/b"]);
  expect(kubeconfigFiles({ HOME: "/home/me" })).toEqual(["/home/me/.kube/config"]);
});

test("what an earlier file has, a later one does not change, and one that is not there is empty", async () => {
  const first = kubeconfig({ name: "first", user: { token: "one" } });
  const second = kubeconfig({ name: "second", user: { token: "two" } });
  const files = [path.join(root, "nowhere"), first, second];
  expect(userContexts(files)).toEqual([{ name: "here", cluster: "c" }]);
  expect(await userAccess(files, "here")).toEqual({ server: SERVER, token: "one" });
});

test("certificates are in it, or in files beside it", async () => {
  const authority = await createAuthority("test");
  const { certificate, key } = await issue(authority, { name: "me", usage: "client" });
  writeFileSync(path.join(root, "authority"), authority.certificate);
  writeFileSync(path.join(root, "key"), key);
  const user = { "client-certificate-data": base64(certificate), "client-key": "key" };
  const access = { authority: authority.certificate, certificate, key, serverName: "other" };
  expect(await here({ cluster: { "certificate-authority": "authority", "tls-server-name": "other" }, user })).toEqual({
    server: SERVER,
    ...access,
  });
});

test("a token is of its file where there is one", async () => {
  writeFileSync(path.join(root, "token"), "fresh\n");
  expect(await here({ user: { token: "stale", tokenFile: "token" } })).toMatchObject({ token: "fresh" });
});

test("a program says who its user is, and is told of the cluster only where it asks to be", async () => {
  program(answer({ token: "told" }));
  expect(await here({ user: { exec: EXEC } })).toEqual({ server: SERVER, token: "told" });
  const told = (): unknown => JSON.parse(readFileSync(path.join(root, "told"), "utf8"));
  expect(told()).toEqual({ apiVersion: EXEC.apiVersion, kind: "ExecCredential", spec: { interactive: false } });
  const authority = await createAuthority("test");
  const pair = await issue(authority, { name: "me", usage: "client" });
  program(answer({ clientCertificateData: pair.certificate, clientKeyData: pair.key }));
  const exec = { ...EXEC, provideClusterInfo: true };
  const cluster = { "certificate-authority-data": base64(authority.certificate) };
  expect(await here({ cluster, user: { exec } })).toMatchObject(pair);
  expect(told()).toMatchObject({ spec: { cluster: { server: SERVER, ...cluster } } });
});

test("a program is found on the PATH when no folder is in its name", async () => {
  const args = ["-c", `printf '%s' '${answer({ token: "shell" })}'`];
  expect(await here({ user: { exec: { ...EXEC, command: "sh", args } } })).toMatchObject({ token: "shell" });
});

describe("fails with PVD9007", () => {
  test("for a program that fails, with its last word, and that is told its variables", async () => {
    program("", 3);
    const exec = { ...EXEC, env: [{ name: "WHY", value: "log in first" }] };
    await expect(here({ user: { exec } })).rejects.toThrow(
      "PVD9007 u, by ./who: got it ended with 3: no, log in first",
    );
  });

  test("for a program that is not there, with how it is installed", async () => {
    const exec = { ...EXEC, command: "nothing-of-that-name", installHint: "install it so\nand so" };
    await expect(here({ user: { exec } })).rejects.toThrow(/^PVD9007 .*no such program.*; install it so$/);
  });

  test("for a program that says nothing for as long as it is waited for, with all that it started", async () => {
    const entry = { ...EXEC, command: "sh", args: ["-c", "sleep 60 | cat"] };
    const asked = execCredential("u", { entry, folder: root }, { server: SERVER }, 200);
    await expect(asked).rejects.toThrow("PVD9007 u, by sh: got it ended with nothing after 0.2 s");
  });

  test.each([
    ["no JSON", "hello"],
    ["nothing that is anything", "null"],
    ["another kind", JSON.stringify({ kind: "Pod" })],
    ["a certificate without its key", answer({ clientCertificateData: "C" })],
  ])("for a program that says %s, without a word of it", async (_, says) => {
    program(says);
    await expect(here({ user: { exec: EXEC } })).rejects.toThrow(/got an answer without a token/);
  });

  test("for a program that has to ask where nobody is asked, and one of a protocol that is gone", async () => {
    await expect(here({ user: { exec: { ...EXEC, interactiveMode: "Always" } } })).rejects.toThrow(/got nobody to ask/);
    const exec = { ...EXEC, apiVersion: "client.authentication.k8s.io/v1alpha1" };
    await expect(here({ user: { exec } })).rejects.toThrow(/v1alpha1, want one of/);
  });

  test.each([
    [{ cluster: { "insecure-skip-tls-verify": true } }, "insecure-skip-tls-verify"],
    [{ cluster: { "proxy-url": "http://proxy" } }, "proxy-url"],
    [{ cluster: { server: "http://plain" } }, "http://plain"],
    [{ cluster: { "certificate-authority": "nowhere" } }, "nowhere, which cannot be read"],
    [{ user: { exec: { apiVersion: EXEC.apiVersion } } }, "exec without a command"],
    [{ user: { token: "two\nlines" } }, "a token of several lines"],
    [{ cluster: { server: "https://" }, user: { token: "t" } }, "want an address of https"],
    [{ user: { "client-certificate-data": NONE, "client-key-data": NONE } }, "certificates, and a key that is of them"],
    [{ user: {} }, "neither certificate, token nor program"],
  ])("for %j", async (options, got) => {
    await expect(here(options)).rejects.toThrow(got);
  });

  test.each(["kubeconfig: [", "- list", "contexts: here", "contexts: [here]"])(
    "for a file with %j, without a word of it",
    (text) => {
      const file = path.join(root, "broken");
      writeFileSync(file, text);
      expect(() => userContexts([file])).toThrow(`PVD9007 ${file}: got what is no kubeconfig`);
    },
  );
});
