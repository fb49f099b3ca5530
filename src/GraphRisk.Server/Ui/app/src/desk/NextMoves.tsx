import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useClient } from 'urql';
import { refusalsOf, useAnswer, type Refusal } from '../api/answer';
import { MoveFormsDocument } from '../api/generated/graphql';
import { Choice } from '../app/Choice';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Empty, Part, Refused } from '../app/states';
import { Name } from '../party/Name';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { stateOf, type CaseNode, type Step } from './CasePage';
import { documentOf, formOf, missing, newKey, valuesOf, type Form, type Input } from './command';
import { MoveRefused } from './MoveRefused';

type Way = NonNullable<CaseNode['nextMoves']>[number];

/** What leads on from where a case stands: forms for what the viewer may do, and of the rest who has to. */
export function NextMoves({ node, steps, refusal, again }: { node: CaseNode; steps: readonly Step[]; refusal: Refusal | null; again: () => void }) {
  const { t } = useText();
  const code = useCode();
  const [times, move] = useTimes();
  const [chosen, choose] = useState<string | null>(null);
  const [done, tell] = useState<string | null>(null);
  const ways = node.nextMoves ?? [];
  const isPast = times.asOf !== null || times.knownAt !== null;
  const open = ways.filter((way) => !way.obstacle);
  const way = open.find((one) => one.name === chosen);
  const held = ways.filter((one) => one.obstacle);
  return (
    <Section title={t('case.next')}>
      {done && <p role="status" className="good">{t('case.done', { move: code('caseMove', done) })}</p>}
      {refusal ? <Refused refusal={refusal} again={again} /> : ways.length === 0 ? <Empty>{t('case.final')}</Empty> : isPast ? (
        <p>{t('case.past')} <Button className="quiet-button" onPress={() => move({ asOf: null, knownAt: null })}>{t('time.latest')}</Button></p>
      ) : (
        <>
          {open.length > 0 && (
            <div className="ways" role="group" aria-label={t('case.next')}>
              {open.map((one) => (
                <Button key={one.name} className={one.name === chosen ? 'main-button' : 'quiet-button'} aria-pressed={one.name === chosen} onPress={() => (tell(null), choose(one.name === chosen ? null : one.name))}>
                  {code('caseMove', one.name)}
                </Button>
              ))}
            </div>
          )}
          {way && <MoveForm key={`${way.command} ${node.moveCount}`} way={way} node={node} steps={steps} again={again} cancel={() => choose(null)} done={() => (choose(null), tell(way.name), again())} />}
          <FourEyes ways={ways} steps={steps} />
          {held.length > 0 && (
            <dl className="held">
              {held.map((one) => <div key={one.name}><dt>{code('caseMove', one.name)}</dt><dd className="quiet" title={one.refusal ?? undefined}><Held way={one} /></dd></div>)}
            </dl>
          )}
        </>
      )}
    </Section>
  );
}

/** Why a move is not the viewer's to make, in words. */
function Held({ way }: { way: Way }) {
  const { t } = useText();
  const code = useCode();
  const who = way.who.map((part) => code('casePart', part)).join(' / ');
  return <>{way.obstacle === 'PART' ? t('case.forOthers', { who }) : way.obstacle === 'ACCESS' ? t('case.forPurpose') : way.takesAnother ? t('case.forAnother') : t('case.forNamed')}</>;
}

/** Who has moved and who must not move again: two persons, four eyes. */
function FourEyes({ ways, steps }: { ways: readonly Way[]; steps: readonly Step[] }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  return (
    <>
      {ways.filter((way) => way.takesAnother).map((way) => (
        <p key={way.name} className="four-eyes">
          <strong>{t('case.fourEyes')}</strong> {way.apartFrom.length > 0 ? t('case.takesAnother', { move: code('caseMove', way.name) }) : t('case.takesAnotherThanBefore', { move: code('caseMove', way.name) })}{' '}
          {steps.filter((step) => way.apartFrom.includes(step.serial ?? 0)).map((step) => (
            <span key={step.id}><Name>{step.person}</Name> <span className="quiet">({code('caseMove', step.move)}, {format.instant(step.at)})</span> </span>
          ))}
        </p>
      ))}
    </>
  );
}

function MoveForm({ way, node, steps, again, cancel, done }: { way: Way; node: CaseNode; steps: readonly Step[]; again: () => void; cancel: () => void; done: () => void }) {
  const { t } = useText();
  const answer = useAnswer(MoveFormsDocument, {});
  const command = answer.data?.__type?.fields?.find((field) => field.name === way.command);
  return (
    <Part answer={answer} path="__type" isEmpty={!command} empty={t('case.noForm')}>
      {command && <Fields form={formOf(command)} way={way} node={node} steps={steps} again={again} cancel={cancel} done={done} />}
    </Part>
  );
}

/** What is agreed to again is filled in as it was; what is decided on first, as it was asked for. */
function beginning(form: Form, way: Way, node: CaseNode, steps: readonly Step[]): Record<string, string> {
  // A review that is open again is decided anew, whatever somebody decided before.
  const before = node.__typename === 'CreditReview' && stateOf(node) !== 'AGREED_BY_ONE' ? undefined : steps.findLast((step) => step.move === way.name);
  const names = new Set(form.inputs.map((input) => input.name));
  const amount = before?.amount ?? (node.__typename === 'Application' && stateOf(node) === 'FILED' ? node.amount : null);
  return {
    ...(names.has('amount') && amount ? { amount: String(amount) } : {}),
    ...(names.has('annualRate') && before?.annualRate ? { annualRate: String(before.annualRate) } : {}),
    ...(node.__typename === 'CreditReview' && names.has('lineTreatment') ? lineOf(node, before) : {}),
  };
}

/** How a line is treated: as the first of two persons has it, else as lines of the grade are. */
function lineOf(review: Extract<CaseNode, { __typename: 'CreditReview' }>, first: Step | undefined): Record<string, string> {
  if (first?.lineTreatment) return { lineTreatment: first.lineTreatment, ...(first.dueOn ? { dueOn: first.dueOn } : {}) };
  return review.proposedTreatment ? { lineTreatment: review.proposedTreatment } : {};
}

function Fields({ form, way, node, steps, again, cancel, done }: { form: Form; way: Way; node: CaseNode; steps: readonly Step[]; again: () => void; cancel: () => void; done: () => void }) {
  const { t } = useText();
  const code = useCode();
  const client = useClient();
  const [typed, type] = useState(() => beginning(form, way, node, steps));
  const [key, setKey] = useState(newKey);
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const lacking = missing(form, typed);
  const send = async () => {
    const values = valuesOf(form, typed);
    setSending(true);
    const result = await client.mutation<{ made: { isNew: boolean } | null }>(documentOf(form, values), { [form.subject]: node.id, key, seen: node.moveCount ?? null, ...values }).toPromise();
    setSending(false);
    if (result.data?.made) return done();
    setRefusal(refusalsOf(result.error)[0] ?? { path: '', code: 'FAILED', message: '', opens: null });
    // What was refused was not done: it is another command next time. What nobody answered may have been, and keeps its key.
    if (result.error?.graphQLErrors.length) setKey(newKey());
  };
  return (
    <form className="move-form" aria-label={code('caseMove', way.name)} onSubmit={(event) => (event.preventDefault(), void send())}>
      {form.inputs.map((input) => <Field key={input.name} input={input} value={typed[input.name] ?? ''} change={(value) => type((before) => ({ ...before, [input.name]: value }))} />)}
      {refusal && <MoveRefused refusal={refusal} again={again} />}
      <p>
        <Button type="submit" className="main-button" isDisabled={lacking.length > 0 || isSending}>{code('caseMove', way.name)}</Button>{' '}
        <Button className="quiet-button" onPress={cancel}>{t('case.cancel')}</Button>
        {lacking.length > 0 && <span className="quiet"> {t('case.lacking', { what: lacking.map((name) => code('moveField', name)).join(', ') })}</span>}
      </p>
    </form>
  );
}

function Field({ input, value, change }: { input: Input; value: string; change: (value: string) => void }) {
  const { t } = useText();
  const code = useCode();
  const label = `${code('moveField', input.name)}${input.isNeeded ? '' : ` (${t('case.optional')})`}`;
  const words = (one: string) => (input.type === 'ComplaintCause' ? code('complaintCause', one) : input.type === 'DefaultCause' ? code('defaultCause', one) : input.type === 'LineTreatment' ? code('lineTreatment', one) : one);
  if (input.values.length > 0) return <Choice label={label} isLabelShown value={value || null} onChange={change} options={input.values.map((id) => ({ id, text: words(id) }))} />;
  if (input.type === 'Boolean') {
    return <label className="field check"><input type="checkbox" checked={value === 'true'} onChange={(event) => change(event.target.checked ? 'true' : '')} /> <span>{label}</span></label>;
  }
  const isLong = input.name === 'reason';
  return (
    <label className={isLong ? 'field wide' : 'field'}>
      <span>{label}</span>
      {isLong ? <textarea value={value} required={input.isNeeded} maxLength={4000} rows={3} onChange={(event) => change(event.target.value)} />
        : <input type={input.type === 'Date' ? 'date' : 'text'} inputMode={input.type === 'Decimal' ? 'decimal' : undefined} required={input.isNeeded} value={value} onChange={(event) => change(event.target.value)} />}
      <small className="quiet">{input.description}</small>
    </label>
  );
}
