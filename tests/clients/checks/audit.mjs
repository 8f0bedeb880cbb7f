// The public audit of graphql-over-http: every MUST, SHOULD and MAY.
import { serverAudits } from "graphql-http";
import { url } from "./server.mjs";

const audits = serverAudits({ url });
const failed = [];
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== "ok") failed.push(`${audit.id} ${audit.name}: ${result.status} ${result.reason ?? ""}`);
}
console.log(`${audits.length - failed.length} of ${audits.length} audits`);
if (failed.length || audits.length < 61) throw new Error(failed.join("\n") || "Audits are missing.");
