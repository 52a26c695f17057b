/** A value on the wire: MessagePack from OpenTofu, or JSON in older states. */
export interface WireValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** One step of a path into a value. */
export type WireStep =
  { readonly attribute_name: string } | { readonly element_key_string: string } | { readonly element_key_int: number };

/** A path into a value. */
export interface WirePath {
  readonly steps: readonly WireStep[];
}

/** 1 is an error, 2 a warning. */
export interface WireDiagnostic {
  readonly severity: 1 | 2;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: WirePath;
}

/** A schema on the wire; built by `wireSchema`. */
export interface WireSchema {
  readonly version: number;
  readonly block: object;
}

/** Requests and responses by call, in the field names of the protocol. */
export interface Calls {
  GetProviderSchema: [
    object,
    {
      provider: WireSchema;
      resource_schemas: Record<string, WireSchema>;
      data_source_schemas: Record<string, WireSchema>;
      server_capabilities: object;
    },
  ];
  ValidateProviderConfig: [{ config?: WireValue }, { diagnostics: WireDiagnostic[] }];
  ValidateResourceConfig: [{ type_name: string; config?: WireValue }, { diagnostics: WireDiagnostic[] }];
  ValidateDataResourceConfig: [{ type_name: string; config?: WireValue }, { diagnostics: WireDiagnostic[] }];
  UpgradeResourceState: [
    { type_name: string; raw_state?: { json?: Uint8Array } },
    { upgraded_state?: WireValue; diagnostics: WireDiagnostic[] },
  ];
  ConfigureProvider: [{ config?: WireValue }, { diagnostics: WireDiagnostic[] }];
  ReadResource: [
    { type_name: string; current_state?: WireValue; private?: Uint8Array },
    { new_state?: WireValue; private?: Uint8Array; diagnostics: WireDiagnostic[] },
  ];
  PlanResourceChange: [
    {
      type_name: string;
      prior_state?: WireValue;
      proposed_new_state?: WireValue;
      config?: WireValue;
      prior_private?: Uint8Array;
    },
    {
      planned_state?: WireValue;
      requires_replace?: WirePath[];
      planned_private?: Uint8Array;
      diagnostics: WireDiagnostic[];
      legacy_type_system?: boolean;
    },
  ];
  ApplyResourceChange: [
    {
      type_name: string;
      prior_state?: WireValue;
      planned_state?: WireValue;
      config?: WireValue;
      planned_private?: Uint8Array;
    },
    { new_state?: WireValue; private?: Uint8Array; diagnostics: WireDiagnostic[]; legacy_type_system?: boolean },
  ];
  ImportResourceState: [
    { type_name: string; id: string },
    { imported_resources?: { type_name: string; state: WireValue }[]; diagnostics: WireDiagnostic[] },
  ];
  MoveResourceState: [
    {
      source_provider_address: string;
      source_type_name: string;
      source_state?: { json?: Uint8Array };
      target_type_name: string;
    },
    { target_state?: WireValue; diagnostics: WireDiagnostic[] },
  ];
  ReadDataSource: [{ type_name: string; config?: WireValue }, { state?: WireValue; diagnostics: WireDiagnostic[] }];
  GetFunctions: [object, { functions: Record<string, object> }];
  StopProvider: [object, object];
}

/** A name of a call. */
export type Call = keyof Calls;

/** What a provider does for each call. */
export type ProviderHandlers = { [C in Call]: (request: Calls[C][0]) => Calls[C][1] | Promise<Calls[C][1]> };
