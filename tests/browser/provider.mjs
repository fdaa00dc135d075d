// An identity provider as municipalities have them: a real one, with pages of the plainest.

import { createServer } from "node:http";
import Provider from "oidc-provider";

const CLIENT = { client_id: "lots", client_secret: "mellan oss" };

export class IdentityProvider {
  #server;
  #provider;
  #people;

  // `people` says which roles each name has.
  static async open(people) {
    const it = new IdentityProvider();
    it.#people = people;
    it.#server = createServer((request, response) => it.#answer(request, response));
    await new Promise((resolve) => it.#server.listen(0, "127.0.0.1", resolve));
    return it;
  }

  // Another site than that of the program: cookies are not shared with it.
  get url() {
    return `http://localhost:${this.#server.address().port}`;
  }

  // What the program is told of it.
  get settings() {
    return `
[sign_on]
issuer = "${this.url}"
client_id = "${CLIENT.client_id}"
client_secret = "${CLIENT.client_secret}"
name = "Provby-id"
scopes = ["profile", "roles"]

[sign_on.roles]
editor = ["lots-editor"]
admin = ["lots-admin"]
`;
  }

  // Says for which site people sign in.
  serve(site) {
    this.#provider = new Provider(this.url, {
      clients: [
        {
          ...CLIENT,
          redirect_uris: [`${site}/sign-on`],
          post_logout_redirect_uris: [`${site}/sign-on/out`],
        },
      ],
      claims: { openid: ["sub"], profile: ["preferred_username"], roles: ["roles"] },
      scopes: ["openid", "profile", "roles"],
      cookies: { keys: ["of this test alone"] },
      pkce: { required: () => true },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, name) => ({
        accountId: name,
        claims: () => ({ sub: name, preferred_username: `${name}@provby.example`, roles: this.#people[name] }),
      }),
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope("openid profile roles");
        await grant.save();
        return grant;
      },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (ctx, form) => {
            ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Sign out of all</button>`);
          },
        },
      },
    });
  }

  async #answer(request, response) {
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    if (!request.url.startsWith("/interaction/")) return this.#provider.callback()(request, response);
    if (request.method === "GET") {
      const form = `<form method="post"><label>Name <input name="name"></label> <button>Sign in</button></form>`;
      return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page(form));
    }
    let body = "";
    for await (const part of request) body += part;
    const accountId = new URLSearchParams(body).get("name");
    await this.#provider.interactionFinished(request, response, { login: { accountId } });
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function page(main) {
  return `<!doctype html><html lang="en"><title>Provby-id</title><h1>Provby-id</h1>${main}</html>`;
}
