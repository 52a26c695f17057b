import { defineService, PythonWorker } from "@paved/golden-paths";
import payments from "./payments";

const runbook = "https://runbooks.paved.example.com/fulfilment";
const about = { name: "fulfilment", owner: "commerce", tier: 2, onCall: "commerce-primary", runbook } as const;

export default defineService(about, (service) => {
  new PythonWorker(service, "worker", { image: "commerce/fulfilment" }).subscribeTo(payments);
});
