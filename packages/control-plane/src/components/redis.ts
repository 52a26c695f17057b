import { mkdirSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import type { Component, Setting } from "./component";
import type { DeliverySecrets } from "../delivery/secrets";
import type { ArgoCdPrograms } from "../programs/delivery";

/** Redis, in which Argo CD keeps what it can make anew: it writes nothing to the disk, and answers nobody without its password. */
export function redis(
  { folder, ports }: Setting,
  programs: ArgoCdPrograms,
  { redisPassword }: DeliverySecrets,
): Component {
  const settings = folder.settings("redis.conf");
  mkdirSync(path.dirname(settings), { recursive: true });
  // In a file, since everybody sees the arguments of a process.
  writeAtomically(settings, `requirepass ${redisPassword}\nsave ""\nappendonly no\n`);
  return {
    name: "redis",
    binary: programs.redis.binary,
    arguments: [settings, "--bind", "127.0.0.1", "--port", String(ports.redis)],
    ports: [ports.redis],
    health: { port: ports.redis, ask: `AUTH ${redisPassword}\r\nPING\r\n`, answer: /\+PONG/ },
  };
}
