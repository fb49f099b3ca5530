import { useAnswer } from '../api/answer';
import { RecommendationNowDocument, type AdviceFragment, type CaseDetailQuery } from '../api/generated/graphql';
import { Table } from '../app/Figure';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Further, Part } from '../app/states';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';

type Application = Extract<NonNullable<CaseDetailQuery['node']>, { applicationState?: unknown }>;

/** What is recommended of an application that is yet to be decided, by what is known at the times of the page. */
export function AdviceNow({ application }: { application: Application }) {
  const { t, language } = useText();
  const [times] = useTimes();
  const variables = {
    client: application.concerned?.nodes[0]?.id ?? '',
    broker: application.handledBy?.nodes[0]?.code ?? null,
    application: {
      product: application.product ?? 'MARGIN',
      amount: application.amount ?? null,
      termInDays: application.termInDays === null || application.termInDays === undefined ? null : Number(application.termInDays),
      shareOfBroker: application.shareOfBroker ?? null,
      isAffiliateOfBroker: application.isAffiliateOfBroker ?? null,
      guarantor: application.offeredGuarantors?.nodes[0]?.id ?? null,
      collateral: (application.offered?.edges ?? []).flatMap(({ node, quantity }) => (node?.code && quantity ? [{ security: node.code, quantity }] : [])),
    },
    language: language === 'zh' ? ('ZH' as const) : ('EN' as const),
    ...times,
  };
  const answer = useAnswer(RecommendationNowDocument, variables);
  const advice = answer.data?.recommend;
  return (
    <Section title={t('case.adviceNow')} question={{ document: RecommendationNowDocument as never, variables }}>
      <Part answer={answer} path="recommend" isEmpty={!advice}>
        {advice && <Advice of={advice} />}
        <Further refusals={answer.refusals} />
      </Part>
    </Section>
  );
}

/** A recommendation with its conditions, its checks, what bounds the line, and what would change it. */
export function Advice({ of }: { of: AdviceFragment }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  return (
    <>
      <dl className="values">
        <div><dt>{t('case.advice')}</dt><dd><strong>{code('advice', of.advice)}</strong></dd></div>
        <div><dt>{t('case.line')}</dt><dd>{format.amount(of.creditLine)}</dd></div>
        <div><dt>{code('moveField', 'annualRate')}</dt><dd>{format.percent(of.annualRate)}</dd></div>
        <div><dt>{t('case.secondPerson')}</dt><dd>{of.needsSecondPerson ? t('case.needed') : t('case.notNeeded')}</dd></div>
      </dl>
      {(of.conditions ?? []).length > 0 && <><h3>{t('case.conditions')}</h3><ul>{of.conditions!.map((one) => <li key={one.name}>{one.text}</li>)}</ul></>}
      <Table caption={t('case.checks')} rows={of.checks ?? []} rowKey={(row) => row.name} columns={[
        { key: 'check', title: t('case.check'), cell: (row) => row.title },
        { key: 'passed', title: t('case.passed'), cell: (row) => (row.passed === true ? <span className="good">{t('case.yes')}</span> : row.passed === false ? <span className="bad">{t('case.no')}</span> : t('case.open')) },
        { key: 'text', title: t('case.found'), cell: (row) => row.text ?? '' },
      ]} />
      <Table caption={t('case.limits')} rows={of.limits ?? []} rowKey={(row) => row.name} columns={[
        { key: 'limit', title: t('desk.limit'), cell: (row) => row.text ?? row.name },
        { key: 'amount', title: t('party.amount'), isFigure: true, cell: (row) => format.amount(row.amount) },
      ]} />
      {(of.changes ?? []).length > 0 && <><h3>{t('case.changes')}</h3><ul>{of.changes!.map((one, at) => <li key={at}>{one.text}</li>)}</ul></>}
    </>
  );
}
