import { type Edit, editsOf } from "../edit";

/** Mistakes in service files, environments and releases. */
export const serviceEdits: readonly Edit[] = [
  ...editsOf("stacks/services/orders.ts", [
    { what: "a size that there is not", from: 'size: "small"', to: 'size: "enormous"', caught: "type", by: "TS2322" },
    { what: "a port in words", from: "port: 8080", to: 'port: "8080"', caught: "type", by: "TS2322" },
    {
      what: "an option that there is not",
      from: "port: 8080",
      to: "port: 8080, privileged: true",
      caught: "type",
      by: "TS2353",
    },
    { what: "a service without an owner", from: 'owner: "commerce", ', to: "", caught: "type", by: "TS2741" },
    {
      what: "a route over everything of the gateway",
      from: 'exposeAt("/orders")',
      to: 'exposeAt("orders/*")',
      caught: "synth",
      by: "PVD1025",
    },
    {
      what: "a service takes the name of another",
      from: 'name: "orders"',
      to: 'name: "payments"',
      caught: "synth",
      by: "PVD1004",
    },
  ]),
  ...editsOf("stacks/services/payments.ts", [
    {
      what: "a credential in a service's settings",
      from: "    internet: true,\n",
      to: '    internet: true,\n    config: { STRIPE: "sk_live_4eC39HqLyjWDarjtT1zdp7dc" },\n',
      caught: "synth",
      by: "PVD1029",
    },
    {
      what: "a database is taken out of a service",
      from: '    database: { size: "medium" },\n',
      to: "",
      caught: "synth",
      by: "PVD1025",
    },
  ]),
  ...editsOf("environments/production/releases.json", [
    {
      what: "an image by tag",
      from: '"catalog": "sha256:57795c9b60b43f5d2bc337724617ad05926982be5a168c930fa5d54c4f6acfa0"',
      to: '"catalog": "latest"',
      caught: "synth",
      by: "PVD1020",
    },
  ]),
  ...editsOf("environments/src/on-call.ts", [
    {
      what: "alerts for a rotation that services name reach nobody",
      from: '    "payments-primary": { pagerDutyKey: "on-call-payments-primary" },\n',
      to: "",
      caught: "synth",
      by: "PVD1036",
    },
  ]),
  ...editsOf("environments/src/production.ts", [
    {
      what: "production is not protected",
      from: "protected: true",
      to: "protected: false",
      caught: "synth",
      by: "PVD1002",
    },
  ]),
];
