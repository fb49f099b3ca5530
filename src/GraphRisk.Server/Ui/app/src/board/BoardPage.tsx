import { useState } from 'react';
import { useAnswer } from '../api/answer';
import { MarketBoardDocument, type MarketBoardQuery, type MarketDivision } from '../api/generated/graphql';
import { Choice } from '../app/Choice';
import { Table, type Column } from '../app/Figure';
import { useMoment } from '../app/moment';
import { Section } from '../app/Section';
import { Part } from '../app/states';
import { useFormat } from '../text/format';
import { useText } from '../text/text';
import { BarChart } from './BarChart';

type Row = NonNullable<NonNullable<MarketBoardQuery['market']>['rows']>[number];
type FigureName = 'debt' | 'debtWeightedProbabilityOfDefault' | 'debtBelowCallLine' | 'highRiskClients';

/** Quality of clients broker by broker, by jurisdiction, or of the market, one figure drawn and all in the table. */
export function BoardPage() {
  const { t, language } = useText();
  const format = useFormat();
  const [moment] = useMoment();
  const [by, divide] = useState<MarketDivision>('BROKER');
  const [figure, draw] = useState<FigureName>('debt');
  const variables = { by, language: language === 'zh' ? ('ZH' as const) : ('EN' as const), ...moment };
  const answer = useAnswer(MarketBoardDocument, variables);
  const figures: Record<FigureName, { title: string; show: (value: number | null) => string }> = {
    debt: { title: t('party.debt'), show: (value) => format.amount(value) },
    debtWeightedProbabilityOfDefault: { title: t('board.weightedProbability'), show: (value) => format.percent(value, 2) },
    debtBelowCallLine: { title: t('board.belowCall'), show: (value) => format.percent(value, 1) },
    highRiskClients: { title: t('board.highRisk'), show: (value) => format.count(value) },
  };
  const nameOf = (row: Row) => row.name ?? row.jurisdictionName ?? (row.key === 'MARKET' ? t('board.market') : row.key);
  const value = (row: Row) => (row[figure] === null || row[figure] === undefined ? null : Number(row[figure]));
  const rows = [...(answer.data?.market?.rows ?? [])].sort((left, right) => (value(right) ?? -1) - (value(left) ?? -1));
  const question = { document: MarketBoardDocument as never, variables };
  const shown = figures[figure];
  const columns: Column<Row>[] = [
    { key: 'name', title: t('search.name'), cell: (row) => <>{nameOf(row)} {by === 'BROKER' && <small className="quiet">{row.key}</small>}</> },
    { key: 'clients', title: t('board.clients'), isFigure: true, cell: (row) => format.count(row.clients) },
    { key: 'indebted', title: t('board.indebted'), isFigure: true, cell: (row) => format.count(row.clientsWithDebt) },
    { key: 'debt', title: t('party.debt'), isFigure: true, cell: (row) => format.amount(row.debt) },
    { key: 'margin', title: t('board.margin'), isFigure: true, cell: (row) => format.amount(row.marginDebt) },
    { key: 'pledge', title: t('board.pledge'), isFigure: true, cell: (row) => format.amount(row.pledgeDebt) },
    { key: 'repo', title: t('board.repo'), isFigure: true, cell: (row) => format.amount(row.repoDebt) },
    { key: 'collateral', title: t('board.collateral'), isFigure: true, cell: (row) => format.amount(row.collateral) },
    { key: 'ratio', title: t('party.ratio'), isFigure: true, cell: (row) => format.percent(row.maintenanceRatio, 1) },
    { key: 'call', title: t('board.belowCall'), isFigure: true, cell: (row) => format.percent(row.debtBelowCallLine, 1) },
    { key: 'closing', title: t('board.belowClosing'), isFigure: true, cell: (row) => format.percent(row.debtBelowClosingLine, 1) },
    { key: 'pd', title: t('board.weightedProbability'), isFigure: true, cell: (row) => format.percent(row.debtWeightedProbabilityOfDefault, 2) },
    { key: 'high', title: t('board.highRisk'), isFigure: true, cell: (row) => format.count(row.highRiskClients) },
    { key: 'capital', title: t('board.netCapital'), isFigure: true, cell: (row) => format.amount(row.netCapital) },
  ];
  const divisions = [{ id: 'BROKER', text: t('search.broker') }, { id: 'JURISDICTION', text: t('board.jurisdiction') }, { id: 'MARKET', text: t('board.market') }];
  return (
    <>
      <Section isPage title={t('board.title')} question={question} note={answer.data?.market?.edition && t('board.edition', { day: format.day(answer.data.market.edition) })}
        actions={
          <>
            <Choice label={t('board.by')} isLabelShown value={by} options={divisions} onChange={(id) => divide(id as MarketDivision)} />
            <Choice label={t('board.figure')} isLabelShown value={figure} options={Object.entries(figures).map(([id, { title }]) => ({ id, text: title }))} onChange={(id) => draw(id as FigureName)} />
          </>
        }>
        <Part answer={answer} path="market" isEmpty={rows.length === 0}>
          <BarChart title={shown.title} rows={rows.map((row) => ({ key: row.key, title: nameOf(row), value: value(row) }))} format={shown.show} />
        </Part>
      </Section>
      {rows.length > 0 && (
        <Section title={t('board.figures')} question={question}>
          <Table caption={t('board.figures')} columns={columns} rows={rows} rowKey={(row) => row.key} />
        </Section>
      )}
    </>
  );
}
