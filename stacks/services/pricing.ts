import { defineService, GrpcService } from "@paved/golden-paths";
import orders from "./orders";

const runbook = "https://runbooks.paved.example.com/pricing";
const about = { name: "pricing", owner: "commerce", tier: 2, onCall: "commerce-primary", runbook } as const;

export default defineService(about, (service) => {
  new GrpcService(service, "grpc", { image: "commerce/pricing", mutualTls: true }).allowFrom(orders);
});
