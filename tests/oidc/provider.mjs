// A council's directory for the tests. Prints its issuer on one line, serves until standard input closes.
// usage: node provider.mjs CLIENT_ID CLIENT_SECRET REDIRECT_URI
// POST /test/people   {"sub": {"name": …, "email": …, "groups": […]}, …}   who can sign in, and what they belong to
// POST /test/rotate   new signing keys from now on, the old ones forgotten
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [clientId, clientSecret, redirectUri] = process.argv.slice(2);
const people = {};
let answer;

const server = createServer(async (request, response) => {
  if (request.url.startsWith("/test/")) {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (request.url === "/test/people") Object.assign(people, JSON.parse(body));
    if (request.url === "/test/rotate") answer = start();
    response.end();
    return;
  }
  answer(request, response);
});

function start() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri], response_types: ["code"], grant_types: ["authorization_code"] }],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" }] },
    cookies: { keys: ["only for tests"] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email"], groups: ["groups"] },
    scopes: ["openid", "profile", "email", "groups"],
    features: { devInteractions: { enabled: true } },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    findAccount: (context, sub) => people[sub] && { accountId: sub, claims: () => ({ sub, preferred_username: people[sub].email, ...people[sub] }) },
  });
  return provider.callback();
}

server.listen(0, "127.0.0.1", () => {
  answer = start();
  console.log(`http://127.0.0.1:${server.address().port}`);
});
process.stdin.resume().on("end", () => process.exit(0));
