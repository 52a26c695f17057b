import type { Environment } from "@paved/model";

const issuer = "https://login.paved.example.com/realms/paved";

/** The company's provider, as a client that it knows by the id. */
export function signInAs(clientId: string): Environment["signIn"] {
  return {
    issuer,
    authorizationUrl: `${issuer}/protocol/openid-connect/auth`,
    tokenUrl: `${issuer}/protocol/openid-connect/token`,
    userInfoUrl: `${issuer}/protocol/openid-connect/userinfo`,
    clientId,
    clientSecret: "grafana-client",
  };
}
