import net from "node:net";
import {
  type handleUnaryCall,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceDefinition,
} from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";
import { protocolDescriptor } from "../protocol/descriptor";
import type { Call } from "../protocol/messages";
import type { ProviderConnection } from "./connection";

/** Schemas of large providers exceed the default limit of 4 MB. */
const MESSAGE_LIMIT = 64 * 1024 * 1024;

const OPTIONS = { "grpc.max_receive_message_length": MESSAGE_LIMIT, "grpc.max_send_message_length": MESSAGE_LIMIT };

let service: ServiceDefinition | undefined;

function providerService(): ServiceDefinition {
  if (service !== undefined) return service;
  const definition = fromJSON(protocolDescriptor() as Parameters<typeof fromJSON>[0], {
    keepCase: true,
    longs: Number,
    defaults: false,
  });
  const loaded = loadPackageDefinition(definition) as unknown as {
    tfplugin6: { Provider: { service: ServiceDefinition } };
  };
  service = loaded.tfplugin6.Provider.service;
  return service;
}

/** One provider on one unix socket. */
export class ProviderEndpoint {
  private readonly servers = new Set<Server>();
  private readonly listener: net.Server;

  private constructor(
    private readonly socket: string,
    connect: () => ProviderConnection,
  ) {
    this.listener = net.createServer((connection) => this.serve(connection, connect()));
  }

  /** Listens on a socket; every connection gets a provider of its own, as every alias has its own configuration. */
  static async listen(socket: string, connect: () => ProviderConnection): Promise<ProviderEndpoint> {
    const endpoint = new ProviderEndpoint(socket, connect);
    await new Promise<void>((resolve, reject) => {
      endpoint.listener.once("error", reject);
      endpoint.listener.listen(socket, () => resolve());
    });
    // A caller that forgets to close a session must not be kept running by it.
    endpoint.listener.unref();
    return endpoint;
  }

  /** How OpenTofu reaches it. */
  get reattach(): object {
    return {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: "unix", String: this.socket },
    };
  }

  async close(): Promise<void> {
    for (const server of this.servers) server.forceShutdown();
    this.servers.clear();
    await new Promise<void>((resolve) => {
      this.listener.close(() => resolve());
    });
  }

  private serve(connection: net.Socket, provider: ProviderConnection): void {
    const server = new Server(OPTIONS);
    server.addService(providerService(), implementation(provider));
    this.servers.add(server);
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
    connection.on("error", () => connection.destroy());
    connection.on("close", () => {
      this.servers.delete(server);
      server.forceShutdown();
    });
    injector.injectConnection(connection);
  }
}

function implementation(provider: ProviderConnection): Record<string, handleUnaryCall<object, object>> {
  const handlers: Record<string, handleUnaryCall<object, object>> = {};
  for (const name of Object.keys(providerService())) {
    const call = name as Call;
    handlers[call] = async ({ request }, respond) => {
      const handle = provider[call] as (this: ProviderConnection, request: object) => object | Promise<object>;
      let answer: object;
      try {
        answer = await handle.call(provider, request);
      } catch (error) {
        answer = provider.failure(call, request, error);
      }
      respond(null, answer);
    };
  }
  return handlers;
}
