import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { ComponentStatus } from "../src";

/** Each listens on its own port, and on no address that another machine could reach. */
export function listenOnThisMachineOnly(components: readonly ComponentStatus[]): void {
  for (const { name, pid, port } of components) {
    const listeners = listenersOf(pid!);
    const others = listeners.filter((address) => !address.startsWith("127.0.0.1:"));
    expect({ name, others }).toEqual({ name, others: [] });
    expect(listeners).toContain(`127.0.0.1:${port}`);
  }
}

/** Addresses that a process listens on, as `127.0.0.1:40123`; all others by the kernel's own hexadecimal words. */
function listenersOf(pid: number): readonly string[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).map((file) => /^socket:\[(\d+)\]$/.exec(target(`/proc/${pid}/fd/${file}`))?.[1]),
  );
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === "0A" && sockets.has(inode))
      .map(([, address]) => inWords(address!)),
  );
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}

function inWords(address: string): string {
  const [host, port] = address.split(":") as [string, string];
  return `${host === "0100007F" ? "127.0.0.1" : host}:${Number.parseInt(port, 16)}`;
}
