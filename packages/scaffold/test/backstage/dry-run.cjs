// Runs Software Templates in Backstage's own scaffolder, as its page for template editors does: the steps that make files are
// run, those that publish them are left out. Takes [{ template, parameters }] as JSON from standard input, and the folder of
// the templates as its argument; prints for each the text of every file by path, or what was wrong.
const fs = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { ConfigReader } = require("@backstage/config");
const { ScmIntegrations } = require("@backstage/integration");
const { createFetchTemplateAction } = require("@backstage/plugin-scaffolder-backend");
const { createTemplateAction, serializeDirectoryContents } = require("@backstage/plugin-scaffolder-node");
// What its API calls for a dry run is not exported.
const backend = path.dirname(require.resolve("@backstage/plugin-scaffolder-backend"));
const { createDryRunner } = require(path.join(backend, "scaffolder", "dryrun", "createDryRunner.cjs.js"));

const config = new ConfigReader({});
const integrations = ScmIntegrations.fromConfig(config);
const nothing = () => undefined;
const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => logger };
const instrument = { add: nothing, record: nothing };
const metrics = {
  createCounter: () => instrument,
  createUpDownCounter: () => instrument,
  createHistogram: () => instrument,
  createGauge: () => instrument,
};

/** Actions that leave the machine have no dry run, and Backstage leaves them out. */
const published = ["publish:github", "publish:github:pull-request", "catalog:register"].map((id) =>
  createTemplateAction({ id, handler: () => Promise.reject(new Error(`${id} was run`)) }),
);
const actions = new Map(
  [createFetchTemplateAction({ integrations, reader: {} }), ...published].map((action) => [action.id, action]),
);
const actionRegistry = {
  list: async () => actions,
  get: async (id) => actions.get(id) ?? Promise.reject(new Error(`there is no action ${id}`)),
};

async function main([templates]) {
  const workingDirectory = fs.mkdtempSync(path.join(tmpdir(), "paved-dry-run-"));
  try {
    const directoryContents = await serializeDirectoryContents(templates);
    const run = createDryRunner({ actionRegistry, integrations, logger, metrics, config, workingDirectory });
    const results = [];
    for (const { template, parameters } of JSON.parse(fs.readFileSync(0, "utf8"))) {
      const place = path.join(workingDirectory, String(results.length), "template.yaml");
      const { steps, output } = template.spec;
      const asked = {
        spec: { apiVersion: template.apiVersion, parameters, steps, output },
        templateInfo: { entityRef: `template:default/${template.metadata.name}`, baseUrl: pathToFileURL(place).href },
        directoryContents,
        credentials: { principal: { type: "none" } },
      };
      const result = await run(asked).then(
        (made) => ({
          files: Object.fromEntries(made.directoryContents.map((file) => [file.path, String(file.content)])),
        }),
        (error) => ({ error: String(error.message) }),
      );
      results.push(result);
    }
    process.stdout.write(JSON.stringify(results));
  } finally {
    fs.rmSync(workingDirectory, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
