// node run.mjs URL: runs every server audit of graphql-http against the endpoint, names those that are not ok and why,
// and ends with "N of M ok". Exit code 0 when all are ok.
import { serverAudits } from 'graphql-http';

const url = process.argv[2];
if (!url) {
  console.error('usage: node run.mjs URL');
  process.exit(2);
}

const results = [];
for (const audit of serverAudits({ url, fetchFn: fetch })) results.push(await audit.fn());

for (const { id, name, status, reason } of results) {
  if (status !== 'ok') console.log(`${status} ${id} ${name}: ${reason}`);
}
const ok = results.filter(({ status }) => status === 'ok').length;
console.log(`${ok} of ${results.length} ok`);
process.exit(ok === results.length ? 0 : 1);
