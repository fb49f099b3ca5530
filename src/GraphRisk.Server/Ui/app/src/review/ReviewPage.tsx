import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Button } from 'react-aria-components';
import { useClient } from 'urql';
import { refusalAt, refusalsOf, type Refusal } from '../api/answer';
import { JudgeDocument, ReviewQueueDocument, TakeBackDocument, type ReviewQueueQuery, type ReviewQueueQueryVariables, type Verdict } from '../api/generated/graphql';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Empty, Part } from '../app/states';
import { LongList } from '../desk/LongList';
import { MoveRefused } from '../desk/MoveRefused';
import { usePages } from '../desk/pages';
import { Name } from '../party/Name';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { PairView } from './PairView';
import './review.css';

type Queue = NonNullable<ReviewQueueQuery['reviewQueue']>;
type Found = NonNullable<Queue['nodes'][number]>;

/** A pair as it was looked at: with when that was, so that nobody's later judgement is written over, and whether the viewer may judge it. */
export type Pair = Found & { id: string; seenAt: string; mayJudge: boolean };

/** Pairs asked for at a time. */
const page = 50;

const verdicts: Readonly<Record<string, Verdict>> = { m: 'MATCH', n: 'NO_MATCH', u: 'UNDECIDED' };

/** What was filed last, to take it back. */
interface Filed {
  pair: Pair;
  verdict: Verdict;
  seenAt: string;
}

/** Pairs that rules left undecided, the dearest doubt first: two records side by side, and one key for each verdict. */
export function ReviewPage() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const client = useClient();
  const [times] = useTimes();
  const variables = { first: page, ...times };
  const list = usePages<ReviewQueueQuery, ReviewQueueQueryVariables, Pair>(ReviewQueueDocument, variables, (data) => {
    const queue = data.reviewQueue;
    return queue && { ...queue, nodes: queue.nodes.map((one) => one && { ...one, id: `${one.leftRecord} ${one.rightRecord}`, seenAt: queue.stamp.knownAt, mayJudge: queue.mayJudge }) };
  });
  const [judged, setJudged] = useState<ReadonlySet<string>>(new Set());
  const [chosen, choose] = useState<string | null>(null);
  const [typed, setReason] = useState('');
  const [filed, setFiled] = useState<readonly Filed[]>([]);
  const [said, say] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isSending, setSending] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const reasonBox = useRef<HTMLInputElement>(null);
  const open = (list.data ?? []).filter((pair) => !judged.has(pair.id));
  const at = open.findIndex((pair) => pair.id === chosen);
  const pair = open[Math.max(0, at)] ?? null;
  const isPast = times.asOf !== null || times.knownAt !== null;
  useEffect(() => {
    if (pair && pair.id !== chosen) choose(pair.id);
  }, [pair?.id, chosen]);

  const judge = async (verdict: Verdict) => {
    if (!pair || !pair.mayJudge || isSending || isPast) return;
    const words = { MATCH: t('review.reasonMatch'), NO_MATCH: t('review.reasonNoMatch'), UNDECIDED: t('review.reasonUndecided') }[verdict];
    setSending(true);
    const result = await client.mutation(JudgeDocument, { left: pair.leftRecord, right: pair.rightRecord, verdict, reason: typed.trim() || words, seenAt: pair.seenAt }).toPromise();
    setSending(false);
    setRefusal(refusalsOf(result.error)[0] ?? null);
    const done = result.data?.judge;
    if (!done) return;
    setJudged((before) => new Set(before).add(pair.id));
    setFiled((before) => [...before, { pair, verdict, seenAt: done.stamp.knownAt }]);
    setReason('');
    say([t('review.filed', { verdict: code('verdict', verdict) }), done.setAside > 0 ? t('review.setAside', { count: done.setAside }) : '', done.restored > 0 ? t('review.restored', { count: done.restored }) : ''].filter(Boolean).join(' '));
    choose(open[open.indexOf(pair) + 1]?.id ?? open[open.indexOf(pair) - 1]?.id ?? null);
  };

  /** A contrary judgement: that it is undecided after all, and that one taken back, which leaves the pair to the rules again. */
  const undo = async () => {
    const last = filed.at(-1);
    if (!last || isSending) return;
    const { leftRecord: left, rightRecord: right } = last.pair;
    setSending(true);
    const doubted = await client.mutation(JudgeDocument, { left, right, verdict: 'UNDECIDED', reason: t('review.reasonBack'), seenAt: last.seenAt }).toPromise();
    const judgement = doubted.data?.judge?.judgements.at(-1);
    const result = judgement
      ? await client.mutation(TakeBackDocument, { judgement: judgement.id, reason: t('review.reasonBack'), seenAt: doubted.data!.judge!.stamp.knownAt }).toPromise() : doubted;
    setSending(false);
    setRefusal(refusalsOf(result.error)[0] ?? null);
    if (result.error) return;
    const seenAt = 'revoke' in result.data! && result.data.revoke ? result.data.revoke.stamp.knownAt : last.pair.seenAt;
    last.pair.seenAt = seenAt;
    setFiled((before) => before.slice(0, -1));
    setJudged((before) => new Set([...before].filter((id) => id !== last.pair.id)));
    choose(last.pair.id);
    say(t('review.undone', { verdict: code('verdict', last.verdict) }));
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    const key = event.key.toLowerCase();
    const step = { j: 1, k: -1 }[key];
    if (verdicts[key]) void judge(verdicts[key]);
    else if (key === 'z') void undo();
    else if (key === 'r') reasonBox.current?.focus();
    else if (step !== undefined) choose(open[Math.max(0, Math.min(open.length - 1, open.indexOf(pair!) + step))]?.id ?? null);
    else return;
    event.preventDefault();
  };

  if (refusalAt(list.refusals, 'reviewQueue')) {
    return <Section isPage title={t('review.title')} question={{ document: ReviewQueueDocument as never, variables }}><Part answer={list} path="reviewQueue">{null}</Part></Section>;
  }
  return (
    <div className="review" ref={place} tabIndex={-1} onKeyDown={onKey}>
      <Section isPage title={t('review.title')} note={list.total !== null && t('desk.all', { all: format.count(list.total) })} question={{ document: ReviewQueueDocument as never, variables }}>
        <p className="quiet keys">
          <kbd>M</kbd> {code('verdict', 'MATCH')} <kbd>N</kbd> {code('verdict', 'NO_MATCH')} <kbd>U</kbd> {code('verdict', 'UNDECIDED')} <kbd>Z</kbd> {t('review.undo')}{' '}
          <kbd>J</kbd> <kbd>K</kbd> {t('review.nextBefore')} <kbd>R</kbd> {t('review.reason')}
        </p>
        <Part answer={list} path="reviewQueue" isEmpty={list.data?.length === 0} empty={t('review.nothing')}>
          <LongList caption={t('review.title')} rows={open} total={list.total ?? 0} more={list.more} chosen={pair?.id ?? null} choose={(row) => choose(row.id)} columns={[
            { key: 'left', width: 'minmax(110px, 1fr)', title: t('review.left'), cell: (row) => <Name>{row.left?.name}</Name> },
            { key: 'right', width: 'minmax(110px, 1fr)', title: t('review.right'), cell: (row) => <Name>{row.right?.name}</Name> },
            { key: 'score', width: '70px', title: t('review.chance'), isFigure: true, cell: (row) => format.percent(row.score, 0) },
            { key: 'stake', width: '110px', title: t('review.atStake'), isFigure: true, cell: (row) => format.amount(row.atStake) },
          ]} />
        </Part>
      </Section>
      <div>
        <Section title={t('review.verdict')}>
          {said && <p role="status" className="good">{said}</p>}
          {refusal && <MoveRefused refusal={refusal} again={() => (setRefusal(null), list.again())} />}
          {isPast && <p>{t('case.past')}</p>}
          {pair && !pair.mayJudge && <p>{t('review.mayNot')}</p>}
          <label className="field wide"><span>{t('review.reasonNote')}</span>
            <input ref={reasonBox} value={typed} maxLength={1000} onChange={(event) => setReason(event.target.value)} onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === 'Escape') (event.preventDefault(), place.current?.focus());
            }} />
          </label>
          <div className="ways" role="group" aria-label={t('review.verdict')}>
            {Object.entries(verdicts).map(([key, verdict]) => (
              <Button key={key} className="quiet-button" aria-keyshortcuts={key.toUpperCase()} isDisabled={!pair?.mayJudge || isSending || isPast} onPress={() => void judge(verdict)}><kbd>{key.toUpperCase()}</kbd> {code('verdict', verdict)}</Button>
            ))}
            <Button className="quiet-button" aria-keyshortcuts="Z" isDisabled={filed.length === 0 || isSending} onPress={() => void undo()}><kbd>Z</kbd> {t('review.undo')}</Button>
          </div>
        </Section>
        {pair ? <PairView pair={pair} /> : list.data !== null && list.data.length > 0 && <Empty>{t('review.nothing')}</Empty>}
      </div>
    </div>
  );
}
