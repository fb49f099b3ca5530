import { describe, expect, it } from 'vitest';
import { documentOf, formOf, missing, newKey, valuesOf, type Command } from './command';

const needed = (name: string, enumValues: { name: string }[] | null = null) => ({ kind: 'NON_NULL', name: null, ofType: { kind: enumValues ? 'ENUM' : 'SCALAR', name, enumValues } });
const optional = (name: string) => ({ kind: 'SCALAR', name, ofType: null });
const approve: Command = {
  name: 'approveApplication',
  args: [
    { name: 'reason', type: optional('String') }, { name: 'amount', description: 'Amount decided on.', type: needed('Decimal') }, { name: 'application', type: needed('ID') },
    { name: 'asOf', type: optional('AsOf') }, { name: 'key', type: needed('String') }, { name: 'seen', type: optional('Int') }, { name: 'isFinal', type: optional('Boolean') },
  ],
};
const classify: Command = { name: 'classifyComplaint', args: [{ name: 'complaint', type: needed('ID') }, { name: 'cause', type: needed('ComplaintCause', [{ name: 'MODEL' }, { name: 'OTHER' }]) }] };

describe('the form of a command', () => {
  it('asks for what is needed first and for nothing that the page knows', () => {
    const form = formOf(approve);
    expect(form.subject).toBe('application');
    expect(form.inputs.map((input) => [input.name, input.type, input.isNeeded])).toEqual([['amount', 'Decimal', true], ['reason', 'String', false], ['isFinal', 'Boolean', false]]);
  });

  it('offers the values of a list', () => {
    expect(formOf(classify).inputs[0]!.values).toEqual(['MODEL', 'OTHER']);
  });

  it('says what is missing', () => {
    expect(missing(formOf(approve), { amount: '  ', reason: 'x' })).toEqual(['amount']);
    expect(missing(formOf(approve), { amount: '1' })).toEqual([]);
  });

  it('sends numbers as numbers, and of what is no number what was typed', () => {
    expect(valuesOf(formOf(approve), { amount: '1,200,000.5', reason: '  as asked ', isFinal: 'true' })).toEqual({ amount: 1200000.5, reason: 'as asked', isFinal: true });
    expect(valuesOf(formOf(approve), { amount: 'much', reason: '' })).toEqual({ amount: 'much' });
  });

  it('names only the arguments it sends', () => {
    expect(documentOf(formOf(approve), { amount: 1 })).toBe(
      'mutation Move($application: ID!, $key: String!, $seen: Int, $amount: Decimal!) {\n  made: approveApplication(application: $application, key: $key, seen: $seen, amount: $amount) { isNew move { id } }\n}');
  });

  it('has a key of its own', () => {
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(newKey()).not.toBe(newKey());
  });
});
