import type { TypedDocumentNode } from '@urql/core';
import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useClient } from 'urql';
import { refusalsOf, type Refusal } from '../api/answer';
import { FreezePaperDocument } from '../api/generated/graphql';
import { Go, partyPath } from '../app/Link';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Refused } from '../app/states';
import { save } from '../charts/export';
import { Name } from '../party/Name';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import type { CaseNode } from './CasePage';
import { casePath } from './kinds';

type Shown = [label: string, value: ReactNode];

/** What a case is about, by its kind; what is not known of it is left out. */
export function CaseFacts({ node, question }: { node: CaseNode; question: { document: TypedDocumentNode<never, never>; variables: object } }) {
  const { t } = useText();
  const rows = useFacts(node).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <Section title={t('case.about')} question={question}>
      <dl className="values">{rows.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      {node.__typename === 'FreezeRequest' && <Paper id={node.id} reference={node.reference ?? ''} />}
    </Section>
  );
}

function useFacts(node: CaseNode): Shown[] {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const field = (name: string) => code('moveField', name);
  const amount = (value: number | null | undefined) => (value === null || value === undefined ? null : format.amount(value, null, true));
  const percent = (value: number | null | undefined) => (value === null || value === undefined ? null : format.percent(value));
  const day = (value: string | null | undefined) => value && format.day(value);
  const contracts = (list: { nodes: readonly ({ id: string; contractNumber?: string | null; debt?: number | null } | null)[] } | null | undefined): Shown =>
    [t('party.contracts'), (list?.nodes ?? []).map((one) => one && <span key={one.id}>{one.contractNumber} <span className="quiet">{t('party.debt')} {format.amount(one.debt)}</span></span>)];
  switch (node.__typename) {
    case 'Application': return [
      [t('case.product'), code('appliedProduct', node.product)],
      [t('case.asked'), amount(node.amount) ?? t('case.asMuch')],
      [t('case.term'), node.termInDays === null || node.termInDays === undefined ? null : t('case.days', { count: node.termInDays })],
      [t('who.purpose'), node.purpose && <Name>{node.purpose}</Name>],
      [t('case.line'), amount(node.creditLine)],
      [field('annualRate'), percent(node.annualRate)],
      [t('case.shareOfBroker'), percent(node.shareOfBroker)],
      [t('case.affiliate'), node.isAffiliateOfBroker === null || node.isAffiliateOfBroker === undefined ? null : node.isAffiliateOfBroker ? t('case.yes') : t('case.no')],
      [t('case.offered'), node.offered?.edges.length ? node.offered.edges.map((edge) => edge.node && <span key={edge.node.id}>{edge.node.code} {edge.node.name} × {format.count(edge.quantity)}<br /></span>) : null],
      [t('case.guarantors'), node.offeredGuarantors?.nodes.length ? node.offeredGuarantors.nodes.map((one) => one && <Go key={one.id} to={partyPath(one.id)}><Name>{one.name}</Name></Go>) : null],
    ];
    case 'CreditReview': return [
      [field('cause'), code('reviewCause', node.reviewCause)],
      [t('case.foundOn'), day(node.foundOn)],
      [t('score.grade'), node.grade],
      [t('case.owedThen'), amount(node.exposure)],
      [t('case.team'), code('team', node.team)],
      [t('desk.dueOn'), node.reviewState === 'CONCLUDED' || node.reviewState === 'LAPSED' ? null : day(node.dueOn)],
      [t('case.proposed'), code('lineTreatment', node.proposedTreatment)],
      [t('case.decided'), node.lineTreatment && <strong>{code('lineTreatment', node.lineTreatment)}</strong>],
      [t('case.lineLimit'), amount(node.lineLimit)],
      [t('case.reduceBy'), day(node.reduceBy)],
      [field('nextReviewOn'), day(node.nextReviewOn)],
    ];
    case 'MarginCall': return [
      [t('case.topUp'), amount(node.amount)],
      [t('desk.dueOn'), day(node.dueOn)],
      [t('case.calledOn'), day(node.calledOn)],
      [t('party.ratio'), percent(node.ratio)],
      [t('case.callLine'), percent(node.callLine)],
      [t('case.restoreTo'), percent(node.restoreTo)],
      [t('case.consequence'), code('callConsequence', node.consequence)],
      contracts(node.contracts),
    ];
    case 'Default': return [
      [field('owed'), amount(node.owed)],
      [t('case.claim'), amount(node.amount)],
      [t('case.interest'), amount(node.interest)],
      [t('case.defaultedOn'), day(node.defaultedOn)],
      [t('case.origin'), code('defaultOrigin', node.origin)],
      [field('defaultCause'), code('defaultCause', node.defaultCause)],
      [t('case.objectBy'), day(node.dueOn)],
      [field('recovered'), amount(node.recovered)],
      [field('lossGivenDefault'), percent(node.lossGivenDefault)],
      contracts(node.contracts),
      [code('deskKind', 'freezes'), node.freezeRequests?.nodes.length ? node.freezeRequests.nodes.map((one) => one && <span key={one.id}><Go to={casePath(one.id)}>{one.reference}</Go> <span className="quiet">{code('caseState', one.state)}</span><br /></span>) : null],
    ];
    case 'FreezeRequest': return [
      [t('case.claim'), amount(node.amount)],
      [t('desk.expiresOn'), day(node.expiresOn)],
      [t('case.legalBasis'), node.legalBasis],
      [code('deskKind', 'defaults'), (node.defaults?.nodes ?? []).map((one) => one && <span key={one.id}><Go to={casePath(one.id)}>{one.reference}</Go> <span className="quiet">{code('caseState', one.state)}</span></span>)],
    ];
    case 'Complaint': return [
      [t('complain.about'), code('complaintAbout', node.about)],
      [t('complain.text'), node.text && <Name>{node.text}</Name>],
      [t('case.answerBy'), day(node.dueOn)],
      [field('cause'), code('complaintCause', node.complaintCause)],
      [t('case.disputedField'), node.disputedField && code('partyField', node.disputedField.replace(/^.*\./, ''))],
      [t('case.disputedValue'), node.disputedValue && <Name>{node.disputedValue}</Name>],
    ];
  }
}

/** The request as a document: a page to print and the same content as JSON. */
function Paper({ id, reference }: { id: string; reference: string }) {
  const { t } = useText();
  const client = useClient();
  const [times] = useTimes();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [hasNone, setHasNone] = useState(false);
  const hand = async (format: 'HTML' | 'JSON') => {
    const result = await client.query(FreezePaperDocument, { id, format, ...times }).toPromise();
    const node = result.data?.node;
    const refused = refusalsOf(result.error)[0] ?? null;
    setRefusal(refused);
    setHasNone(!refused && node?.__typename === 'FreezeRequest' && !node.paper);
    if (node?.__typename === 'FreezeRequest' && node.paper) save(node.paper, `${reference}.${format.toLowerCase()}`, format === 'HTML' ? 'text/html;charset=utf-8' : 'application/json');
  };
  return (
    <p>
      {t('case.paper')} <Button className="quiet-button" onPress={() => void hand('HTML')}>{t('case.toPrint')}</Button> <Button className="quiet-button" onPress={() => void hand('JSON')}>JSON</Button>
      {refusal && <Refused refusal={refusal} />}
      {hasNone && <span role="status"> {t('case.noPaper')}</span>}
    </p>
  );
}
