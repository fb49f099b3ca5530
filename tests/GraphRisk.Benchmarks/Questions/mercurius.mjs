// node mercurius.mjs ROWS.json: serves the rows of a file with Fastify and Mercurius, every question compiled at its first asking
// (jit: 1), on a free loopback port, and prints "ready PORT". The file: {"Company": {"fields": {"name": "String", ...}, "rows": [{"id": ..., "name": ...}, ...]}, ...}.
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import mercurius from 'mercurius';

const types = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const plural = (name) => (name[0].toLowerCase() + name.slice(1)).replace(/y$/, 'ie') + 's';

const schema = Object.entries(types).map(([name, { fields }]) => `
  type ${name} { id: ID! ${Object.entries(fields).map(([field, type]) => `${field}: ${type}`).join(' ')} }
  type ${name}Connection { nodes: [${name}]! }
  extend type Query { ${name[0].toLowerCase() + name.slice(1)}(id: ID!): ${name} ${plural(name)}(first: Int): ${name}Connection }
`).join('\n');

const Query = {};
for (const [name, { rows }] of Object.entries(types)) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  Query[name[0].toLowerCase() + name.slice(1)] = (_, { id }) => byId.get(id);
  Query[plural(name)] = (_, { first }) => ({ nodes: rows.slice(0, first) });
}

const app = Fastify();
await app.register(mercurius, { schema: `type Query { nothing: Boolean }\n${schema}`, resolvers: { Query }, jit: 1 });
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`ready ${app.server.address().port}`);
process.stdin.on('end', () => process.exit(0)).resume();
