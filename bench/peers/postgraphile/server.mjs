// Yardstick: PostGraphile 5 on the same tables. node server.mjs PORT
import { createServer } from "node:http";
import { createHash } from "node:crypto";
import { postgraphile } from "postgraphile";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";

// As signed in as we are: the token is looked up, and who asks is set for the transaction.
const service = makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public", "bench"], poolConfig: { max: 8 } });
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [service],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: {
    explain: false,
    async context(requestContext) {
      const header = requestContext.node?.req.headers.authorization ?? "";
      const digest = createHash("sha256").update(header.replace("Bearer ", "")).digest("hex");
      return { pgSettings: { "bench.digest": digest } };
    },
  },
});
const server = createServer();
const serv = instance.createServ(grafserv);
await serv.addTo(server);
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("ready"));
