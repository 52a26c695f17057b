import { connect, type SecureClientSessionOptions } from "node:http2";

/** A message without fields, in the frame of gRPC: not compressed, and no bytes long. */
const EMPTY = Buffer.alloc(5);
/** The answer of `grpc.health.v1.Health` that all is well: a message of two bytes, whose first field is 1. */
const SERVING = "00000000020801";

/**
 * Asks a gRPC server on 127.0.0.1 whether it serves, as every one of Argo CD's answers that.
 * @param who authority, certificate and key, as for `tls.connect`
 * @throws when the connection is refused, in the words of TLS
 */
export function isServing(port: number, who: SecureClientSessionOptions): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const session = connect(`https://127.0.0.1:${port}`, who);
    session.on("error", reject);
    const asked = session.request({
      ":method": "POST",
      ":path": "/grpc.health.v1.Health/Check",
      "content-type": "application/grpc",
      te: "trailers",
    });
    let answer = "";
    asked.setEncoding("hex").on("data", (part: string) => (answer += part));
    asked.on("error", reject);
    asked.on("close", () => {
      session.close();
      resolve(answer === SERVING);
    });
    asked.end(EMPTY);
  });
}
