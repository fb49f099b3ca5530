// Forms of commands, made of what the schema says of their arguments. Nothing here knows a single move.

/** A type as introspection tells it, as deep as arguments of commands go. */
export interface ArgumentType {
  kind: string;
  name?: string | null;
  enumValues?: readonly { name: string }[] | null;
  ofType?: { kind: string; name?: string | null; enumValues?: readonly { name: string }[] | null } | null;
}

export interface Command {
  name: string;
  description?: string | null;
  args: readonly { name: string; description?: string | null; type: ArgumentType }[];
}

/** One thing a form asks for. */
export interface Input {
  name: string;
  description: string;
  /** Name of its type without its mark. */
  type: string;
  isNeeded: boolean;
  /** Its values where it has a list of them. */
  values: readonly string[];
}

export interface Form {
  command: string;
  /** The argument that names what is moved. */
  subject: string;
  inputs: readonly Input[];
}

/** What the page itself says of a command, and nobody types. */
const given = new Set(['key', 'seen', 'asOf', 'knownAt']);

const plain = (type: ArgumentType) => (type.kind === 'NON_NULL' && type.ofType ? type.ofType : type);

/** The form of a command: the thing it moves, which is its id that must be there, and what it asks for, the needed first. */
export function formOf(command: Command): Form {
  const isSubject = ({ type }: { type: ArgumentType }) => type.kind === 'NON_NULL' && type.ofType?.name === 'ID';
  const inputs = command.args.filter((argument) => !given.has(argument.name) && !isSubject(argument)).map((argument) => ({
    name: argument.name,
    description: argument.description ?? '',
    type: plain(argument.type).name ?? '',
    isNeeded: argument.type.kind === 'NON_NULL',
    values: (plain(argument.type).enumValues ?? []).map((value) => value.name),
  }));
  return {
    command: command.name,
    subject: command.args.find(isSubject)!.name,
    inputs: [...inputs.filter((input) => input.isNeeded), ...inputs.filter((input) => !input.isNeeded)],
  };
}

/** What was typed as the command takes it; what is empty is not sent. A number that is none stays as typed, so that the server says what is wrong with it. */
export function valuesOf(form: Form, typed: Readonly<Record<string, string>>): Record<string, string | number | boolean> {
  const values: Record<string, string | number | boolean> = {};
  for (const input of form.inputs) {
    const text = (typed[input.name] ?? '').trim();
    if (text === '') continue;
    if (input.type === 'Decimal') values[input.name] = Number.isFinite(Number(text.replaceAll(',', ''))) ? Number(text.replaceAll(',', '')) : text;
    else if (input.type === 'Boolean') values[input.name] = text === 'true';
    else values[input.name] = text;
  }
  return values;
}

/** Names of what must be given and is not. */
export const missing = (form: Form, typed: Readonly<Record<string, string>>): string[] =>
  form.inputs.filter((input) => input.isNeeded && (typed[input.name] ?? '').trim() === '').map((input) => input.name);

/** The document that gives a command with the values there are. */
export function documentOf(form: Form, values: Readonly<Record<string, unknown>>): string {
  const inputs = form.inputs.filter((input) => input.name in values);
  const variables = [`$${form.subject}: ID!`, '$key: String!', '$seen: Int', ...inputs.map((input) => `$${input.name}: ${input.type}${input.isNeeded ? '!' : ''}`)];
  const names = [form.subject, 'key', 'seen', ...inputs.map((input) => input.name)];
  return `mutation Move(${variables.join(', ')}) {\n  made: ${form.command}(${names.map((name) => `${name}: $${name}`).join(', ')}) { isNew move { id } }\n}`;
}

/** A name for a command that nobody else gives: sent again under it, it is done once. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
