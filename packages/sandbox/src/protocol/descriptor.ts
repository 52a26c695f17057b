/** A field: its number and type; repeated ones end in `[]`, maps of strings are written `map<type>`. */
type Field = readonly [id: number, type: string];
type Message = { readonly [field: string]: Field };

const MESSAGES: { readonly [name: string]: Message } = {
  DynamicValue: { msgpack: [1, "bytes"], json: [2, "bytes"] },
  Step: { attribute_name: [1, "string"], element_key_string: [2, "string"], element_key_int: [3, "int64"] },
  AttributePath: { steps: [1, "Step[]"] },
  Diagnostic: {
    severity: [1, "int32"],
    summary: [2, "string"],
    detail: [3, "string"],
    attribute: [4, "AttributePath"],
  },
  RawState: { json: [1, "bytes"] },
  Attribute: {
    name: [1, "string"],
    type: [2, "bytes"],
    required: [4, "bool"],
    optional: [5, "bool"],
    computed: [6, "bool"],
    sensitive: [7, "bool"],
    nested_type: [10, "NestedType"],
    write_only: [11, "bool"],
  },
  NestedType: { attributes: [1, "Attribute[]"], nesting: [3, "int32"] },
  NestedBlock: {
    type_name: [1, "string"],
    block: [2, "Block"],
    nesting: [3, "int32"],
    min_items: [4, "int64"],
    max_items: [5, "int64"],
  },
  Block: { version: [1, "int64"], attributes: [2, "Attribute[]"], block_types: [3, "NestedBlock[]"] },
  Schema: { version: [1, "int64"], block: [2, "Block"] },
  ServerCapabilities: {
    plan_destroy: [1, "bool"],
    get_provider_schema_optional: [2, "bool"],
    move_resource_state: [3, "bool"],
  },
  Function: { summary: [4, "string"] },
  ImportedResource: { type_name: [1, "string"], state: [2, "DynamicValue"], private: [3, "bytes"] },
};

/** Every call of the protocol that the sandbox answers, with the fields it reads and writes. */
const CALLS: { readonly [rpc: string]: { readonly request: Message; readonly response: Message } } = {
  GetProviderSchema: {
    request: {},
    response: {
      provider: [1, "Schema"],
      resource_schemas: [2, "map<Schema>"],
      data_source_schemas: [3, "map<Schema>"],
      diagnostics: [4, "Diagnostic[]"],
      server_capabilities: [6, "ServerCapabilities"],
    },
  },
  ValidateProviderConfig: { request: { config: [1, "DynamicValue"] }, response: { diagnostics: [2, "Diagnostic[]"] } },
  ValidateResourceConfig: {
    request: { type_name: [1, "string"], config: [2, "DynamicValue"] },
    response: { diagnostics: [1, "Diagnostic[]"] },
  },
  ValidateDataResourceConfig: {
    request: { type_name: [1, "string"], config: [2, "DynamicValue"] },
    response: { diagnostics: [1, "Diagnostic[]"] },
  },
  UpgradeResourceState: {
    request: { type_name: [1, "string"], version: [2, "int64"], raw_state: [3, "RawState"] },
    response: { upgraded_state: [1, "DynamicValue"], diagnostics: [2, "Diagnostic[]"] },
  },
  ConfigureProvider: {
    request: { terraform_version: [1, "string"], config: [2, "DynamicValue"] },
    response: { diagnostics: [1, "Diagnostic[]"] },
  },
  ReadResource: {
    request: { type_name: [1, "string"], current_state: [2, "DynamicValue"], private: [3, "bytes"] },
    response: { new_state: [1, "DynamicValue"], diagnostics: [2, "Diagnostic[]"], private: [3, "bytes"] },
  },
  PlanResourceChange: {
    request: {
      type_name: [1, "string"],
      prior_state: [2, "DynamicValue"],
      proposed_new_state: [3, "DynamicValue"],
      config: [4, "DynamicValue"],
      prior_private: [5, "bytes"],
    },
    response: {
      planned_state: [1, "DynamicValue"],
      requires_replace: [2, "AttributePath[]"],
      planned_private: [3, "bytes"],
      diagnostics: [4, "Diagnostic[]"],
      legacy_type_system: [5, "bool"],
    },
  },
  ApplyResourceChange: {
    request: {
      type_name: [1, "string"],
      prior_state: [2, "DynamicValue"],
      planned_state: [3, "DynamicValue"],
      config: [4, "DynamicValue"],
      planned_private: [5, "bytes"],
    },
    response: {
      new_state: [1, "DynamicValue"],
      private: [2, "bytes"],
      diagnostics: [3, "Diagnostic[]"],
      legacy_type_system: [4, "bool"],
    },
  },
  ImportResourceState: {
    request: { type_name: [1, "string"], id: [2, "string"] },
    response: { imported_resources: [1, "ImportedResource[]"], diagnostics: [2, "Diagnostic[]"] },
  },
  MoveResourceState: {
    request: {
      source_provider_address: [1, "string"],
      source_type_name: [2, "string"],
      source_schema_version: [3, "int64"],
      source_state: [4, "RawState"],
      target_type_name: [5, "string"],
    },
    response: { target_state: [1, "DynamicValue"], diagnostics: [2, "Diagnostic[]"] },
  },
  ReadDataSource: {
    request: { type_name: [1, "string"], config: [2, "DynamicValue"] },
    response: { state: [1, "DynamicValue"], diagnostics: [2, "Diagnostic[]"] },
  },
  GetFunctions: { request: {}, response: { functions: [1, "map<Function>"], diagnostics: [2, "Diagnostic[]"] } },
  StopProvider: { request: {}, response: { Error: [1, "string"] } },
};

interface JsonField {
  id: number;
  type: string;
  rule?: "repeated";
  keyType?: string;
}

interface JsonMessage {
  fields: Record<string, JsonField>;
  oneofs?: Record<string, { oneof: string[] }>;
}

/** The part of plugin protocol 6 that the sandbox speaks, as a protobuf descriptor; unlisted calls are unimplemented. */
export function protocolDescriptor(): object {
  const nested: Record<string, object> = {};
  for (const [name, message] of Object.entries(MESSAGES)) nested[name] = jsonMessage(message);
  nested["Step"] = {
    ...jsonMessage(MESSAGES["Step"]!),
    oneofs: { selector: { oneof: Object.keys(MESSAGES["Step"]!) } },
  };
  const methods: Record<string, object> = {};
  for (const [rpc, { request, response }] of Object.entries(CALLS)) {
    nested[rpc] = { nested: { Request: jsonMessage(request), Response: jsonMessage(response) } };
    methods[rpc] = { requestType: `${rpc}.Request`, responseType: `${rpc}.Response` };
  }
  return { nested: { tfplugin6: { nested: { ...nested, Provider: { methods } } } } };
}

function jsonMessage(message: Message): JsonMessage {
  return { fields: Object.fromEntries(Object.entries(message).map(([name, field]) => [name, jsonField(field)])) };
}

function jsonField([id, type]: Field): JsonField {
  if (type.endsWith("[]")) return { id, type: type.slice(0, -2), rule: "repeated" };
  const map = /^map<(\w+)>$/.exec(type);
  return map === null ? { id, type } : { id, type: map[1]!, keyType: "string" };
}
