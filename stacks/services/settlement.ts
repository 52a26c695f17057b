import { defineService, PythonWorker } from "@paved/golden-paths";
import ledger from "./ledger";

const runbook = "https://runbooks.paved.example.com/settlement";
const about = {
  name: "settlement",
  owner: "payments",
  tier: 2,
  onCall: "payments-primary",
  runbook,
  description: "Adds up the day's bookings for the bank",
  system: "accounting",
} as const;

export default defineService(about, (service) => {
  const job = new PythonWorker(service, "job", { image: "payments/settlement", schedule: "0 3 * * *", bucket: true });
  job.readFrom(ledger);
});
