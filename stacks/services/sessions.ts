import { defineService, GrpcService } from "@paved/golden-paths";
import catalog from "./catalog";

const runbook = "https://runbooks.paved.example.com/sessions";
const about = { name: "sessions", owner: "growth", tier: 1, onCall: "growth-primary", runbook } as const;

export default defineService(about, (service) => {
  const sessions = new GrpcService(service, "grpc", {
    image: "growth/sessions",
    cache: { size: "small" },
    deadlineMs: 200,
    attempts: 2,
  });
  sessions.allowFrom(catalog);
  sessions.exposeAt("sessions.v1.Sessions");
});
