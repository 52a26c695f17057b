import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Addresses that a process listens on, as `127.0.0.1:40123`; all others by the kernel's own hexadecimal words. */
export function listenersOf(pid: number): readonly string[] {
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
