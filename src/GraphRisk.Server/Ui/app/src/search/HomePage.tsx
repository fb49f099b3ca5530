import { useAnswer } from '../api/answer';
import { HomeDocument, OwnRecordDocument } from '../api/generated/graphql';
import { Table } from '../app/Figure';
import { Go, partyPath } from '../app/Link';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Further, Part } from '../app/states';
import { Name } from '../party/Name';
import { useSession } from '../session/session';
import { useFormat } from '../text/format';
import { useText } from '../text/text';

/** What the product is for, and where to begin. */
export function HomePage() {
  const { t } = useText();
  const { viewer } = useSession();
  return (
    <>
      <section className="intro">
        <h1>{t('home.title')}</h1>
        <p>{t('home.what')}</p>
        <p className="quiet">{t('home.how')}</p>
      </section>
      {viewer?.role === 'client' ? <OwnRecord /> : <Clients />}
    </>
  );
}

function OwnRecord() {
  const { t, language } = useText();
  const format = useFormat();
  const [times] = useTimes();
  const variables = { language: language === 'zh' ? ('ZH' as const) : ('EN' as const), ...times };
  const answer = useAnswer(OwnRecordDocument, variables);
  const own = answer.data?.client;
  return (
    <Section title={t('home.own')} question={{ document: OwnRecordDocument as never, variables }}>
      <Part answer={answer} path="client" isEmpty={!own}>
        {own && (
          <>
            <dl className="headline">
              <div><dt>{t('search.name')}</dt><dd className="large"><Go to={partyPath(own.id)}><Name>{own.name}</Name></Go></dd></div>
              <div><dt>{t('score.score')}</dt><dd className="large"><Go to={partyPath(own.id, 'score')}>{format.count(own.creditScore?.score)}</Go></dd></div>
              <div><dt>{t('score.grade')}</dt><dd className="large">{own.creditScore?.grade ?? '–'}</dd></div>
              <div><dt>{t('party.debt')}</dt><dd className="large">{format.amount(own.debt)}</dd></div>
            </dl>
            <p>{own.creditScore?.gradeMeaning}</p>
            <Further refusals={answer.refusals} />
          </>
        )}
      </Part>
    </Section>
  );
}

function Clients() {
  const { t } = useText();
  const format = useFormat();
  const [times] = useTimes();
  const variables = { first: 20, ...times };
  const answer = useAnswer(HomeDocument, variables);
  const rows = (answer.data?.parties?.nodes ?? []).flatMap((node) => node ?? []);
  return (
    <Section title={t('home.clients')} note={answer.data?.parties && t('home.first', { shown: format.count(rows.length), all: format.count(answer.data.parties.totalCount) })}
      question={{ document: HomeDocument as never, variables }}>
      <Part answer={answer} path="parties" isEmpty={rows.length === 0}>
        <Table caption={t('home.clients')} rows={rows} rowKey={(row) => row.id} columns={[
          { key: 'name', title: t('search.name'), cell: (row) => <Go to={partyPath(row.id)}><Name>{row.name}</Name></Go> },
          { key: 'debt', title: t('party.debt'), isFigure: true, cell: (row) => format.amount(row.debt) },
          { key: 'score', title: t('score.score'), isFigure: true, cell: (row) => (row.creditScore ? <Go to={partyPath(row.id, 'score')}>{format.count(row.creditScore.score)}</Go> : '–') },
          { key: 'grade', title: t('score.grade'), cell: (row) => row.creditScore?.grade ?? '–' },
          { key: 'own', title: t('score.own'), isFigure: true, cell: (row) => format.points(row.creditScore?.ownRisk, 0) },
          { key: 'contagion', title: t('score.contagion'), isFigure: true, cell: (row) => format.points(row.creditScore?.contagion, 0) },
          { key: 'default', title: t('party.inDefault'), cell: (row) => (row.inDefault ? <em className="tag bad">{t('party.inDefault')}</em> : '') },
        ]} />
        <Further refusals={answer.refusals} />
      </Part>
    </Section>
  );
}
