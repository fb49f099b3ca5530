import { useParams } from 'react-router';
import { isOfNoId, refusalAt, useAnswer } from '../api/answer';
import { CaseDetailDocument, type CaseDetailQuery } from '../api/generated/graphql';
import { Go, partyPath } from '../app/Link';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Empty, Further, Part } from '../app/states';
import { Name } from '../party/Name';
import { useSession } from '../session/session';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { AdviceNow } from './Advice';
import { CaseFacts } from './CaseFacts';
import { DeskKinds } from './DeskPage';
import './desk.css';
import { kindOf } from './kinds';
import { NextMoves } from './NextMoves';
import { Steps } from './Steps';

type Node = NonNullable<CaseDetailQuery['node']>;

/** A case of a kind that has a desk, as the page reads it. */
export type CaseNode = Extract<Node, { nextMoves?: unknown }>;

export type Step = NonNullable<NonNullable<CaseNode['moves']>['nodes'][number]>;

/** The state of a case of any kind. */
export function stateOf(node: CaseNode): string | null | undefined {
  switch (node.__typename) {
    case 'Application': return node.applicationState;
    case 'CreditReview': return node.reviewState;
    case 'MarginCall': return node.callState;
    case 'Default': return node.defaultState;
    case 'FreezeRequest': return node.freezeState;
    case 'Complaint': return node.complaintState;
  }
}

/** One case: what it is about, everything done in it with what was known then, and what may be done now by whom. */
export function CasePage() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { viewer } = useSession();
  const { id = '' } = useParams();
  const [times] = useTimes();
  const variables = { id, ...times };
  const answer = useAnswer(CaseDetailDocument, variables);
  const node = answer.data?.node;
  const one = node && kindOf(node.__typename) ? (node as CaseNode) : null;
  const question = { document: CaseDetailDocument as never, variables };
  if (!one) {
    return (
      <>
        <DeskKinds />
        <Section isPage title={t('case.title')} question={question}>
          {isOfNoId(answer.refusals) ? <Empty>{t('case.none')}</Empty> : <Part answer={answer} path="node" isEmpty empty={t('case.none')}>{null}</Part>}
        </Section>
      </>
    );
  }
  const state = stateOf(one);
  const waits = kindOf(one.__typename)!.states[state ?? ''] ?? 'nobody';
  const client = one.concerned?.nodes[0];
  const broker = one.handledBy?.nodes[0];
  const steps = (one.moves?.nodes ?? []).flatMap((step) => step ?? []);
  return (
    <>
      <DeskKinds />
      <div className="party-head">
        <h1>{code('caseType', one.__typename)} {one.reference}</h1>
        <span className={waits === 'nobody' ? 'tag' : 'tag warn'}>{code('caseState', state)}</span>
        {waits !== 'nobody' && <span className="quiet">{t('desk.waitsFor')}: {code('waits', waits)}</span>}
        <span className="space" />
        {client && <span><span className="quiet">{t('party.client')}</span> <Go to={partyPath(client.id)}><Name>{client.name}</Name></Go></span>}
        <span><span className="quiet">{t('search.broker')}</span> {broker ? [broker.code, broker.name].filter(Boolean).join(' ') : t('case.supervisor')}</span>
        <span><span className="quiet">{t('party.filedOn')}</span> {format.day(one.filedOn)}</span>
      </div>
      <div className="case">
        <div>
          <NextMoves node={one} steps={steps} refusal={refusalAt(answer.refusals, 'node.nextMoves')} again={answer.again} />
          <CaseFacts node={one} question={question} />
          {one.__typename === 'Application' && waits !== 'nobody' && viewer?.role !== 'client' && <AdviceNow application={one} />}
          {viewer?.role === 'client' && one.__typename !== 'Complaint' && <p><Go to={`/desk/complaints?decision=${encodeURIComponent(one.id)}`}>{t('case.complain')}</Go></p>}
        </div>
        <Section title={t('case.steps')} note={one.moves && t('case.stepCount', { count: one.moves.totalCount })} question={question}>
          <Steps steps={steps} />
          <Further refusals={answer.refusals} />
        </Section>
      </div>
    </>
  );
}
