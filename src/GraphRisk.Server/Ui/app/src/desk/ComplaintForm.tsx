import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useNavigate, useSearchParams } from 'react-router';
import { useClient } from 'urql';
import { refusalsOf, useAnswer, type Refusal } from '../api/answer';
import { ComplainDocument, OwnCasesDocument, OwnRecordsDocument, type ComplaintAbout } from '../api/generated/graphql';
import { Choice } from '../app/Choice';
import { useAddress, useTimes } from '../app/times';
import { Section } from '../app/Section';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { newKey } from './command';
import { casePath } from './kinds';
import { MoveRefused } from './MoveRefused';

const abouts = ['SCORE', 'RECORD', 'DECISION'] as const;

/** Fields that a client may dispute of the record about itself, by type; each has its words among those of the record. */
const disputable: Readonly<Record<string, readonly string[]>> = {
  Person: ['name', 'residentId', 'birthDate', 'address', 'phone', 'email'],
  Company: ['name', 'uscc', 'status', 'establishedOn', 'address', 'totalAssets', 'totalLiabilities'],
};

/** A client files a complaint about its score, a value of its record or a decision. */
export function ComplaintForm() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const client = useClient();
  const navigate = useNavigate();
  const address = useAddress();
  const [times] = useTimes();
  const [search] = useSearchParams();
  const disputed = search.get('decision');
  const [about, setAbout] = useState<ComplaintAbout>(disputed ? 'DECISION' : 'SCORE');
  const [record, setRecord] = useState<string | null>(disputed);
  const [field, setField] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [key, setKey] = useState(newKey);
  const [isOpen, setOpen] = useState(disputed !== null);
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const records = useAnswer(OwnRecordsDocument, times, { pause: !isOpen || about !== 'RECORD' });
  const cases = useAnswer(OwnCasesDocument, times, { pause: !isOpen || about !== 'DECISION' });
  const own = records.data?.client;
  const statements = [...new Map((own?.records ?? []).flatMap((one) => (one.record ? [[one.record, `${one.source} ${one.recordKey ?? ''}`] as const] : [])))];
  const decided = (cases.data?.cases?.nodes ?? []).flatMap((one) => one ?? []);
  const isReady = text.trim() !== '' && (about === 'SCORE' || (record !== null && (about === 'DECISION' || field !== null)));
  const send = async () => {
    setSending(true);
    const result = await client.mutation(ComplainDocument, { about, text: text.trim(), record: about === 'SCORE' ? null : record, field: about === 'RECORD' ? field : null, document: null, key }).toPromise();
    setSending(false);
    const filed = result.data?.complain?.complaint;
    setRefusal(refusalsOf(result.error)[0] ?? null);
    if (filed) void navigate(address(casePath(filed.id)));
    else if (result.error?.graphQLErrors.length) setKey(newKey());
  };
  return (
    <Section title={t('complain.title')} actions={isOpen ? undefined : <Button className="main-button" onPress={() => setOpen(true)}>{t('complain.begin')}</Button>}>
      {isOpen && (
        <form className="move-form" onSubmit={(event) => (event.preventDefault(), void send())}>
          <p className="quiet">{t('complain.note')}</p>
          <Choice label={t('complain.about')} isLabelShown value={about} onChange={(id) => (setAbout(id as ComplaintAbout), setRecord(null), setField(null))}
            options={abouts.map((id) => ({ id, text: code('complaintAbout', id) }))} />
          {about === 'DECISION' && (
            <Choice label={t('complain.decision')} isLabelShown value={record} onChange={setRecord}
              options={decided.map((one) => ({ id: one.id, text: `${code('caseType', one.__typename)} ${one.reference ?? ''}`, note: format.day(one.filedOn) }))} />
          )}
          {about === 'RECORD' && (
            <>
              <Choice label={t('complain.record')} isLabelShown value={record} onChange={setRecord} options={statements.map(([id, said]) => ({ id, text: said }))} />
              <Choice label={t('party.field')} isLabelShown value={field} onChange={setField} options={(disputable[own?.__typename ?? ''] ?? []).map((id) => ({ id, text: code('partyField', id) }))} />
            </>
          )}
          <label className="field wide">
            <span>{t('complain.text')}</span>
            <textarea value={text} required maxLength={4000} rows={3} onChange={(event) => setText(event.target.value)} />
          </label>
          {refusal && <MoveRefused refusal={refusal} />}
          <p>
            <Button type="submit" className="main-button" isDisabled={!isReady || isSending}>{t('complain.send')}</Button>{' '}
            <Button className="quiet-button" onPress={() => setOpen(false)}>{t('case.cancel')}</Button>
          </p>
        </form>
      )}
    </Section>
  );
}
