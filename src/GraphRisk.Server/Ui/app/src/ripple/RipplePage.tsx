import { useEffect, useMemo, useRef, useState } from 'react';
import { Button, Label, Slider, SliderThumb, SliderTrack, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useOutletContext } from 'react-router';
import { useAnswer } from '../api/answer';
import { RippleBrokersDocument, RippleByBrokerDocument, RippleByClientDocument, RippleByDivisionDocument, RippleStartDocument, type RippleByBrokerQuery, type RippleByDivisionQuery, type StressDivision } from '../api/generated/graphql';
import { Choice } from '../app/Choice';
import { type Column, Table } from '../app/Figure';
import { Go, partyPath } from '../app/Link';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Empty, Part } from '../app/states';
import { Exports } from '../charts/Exports';
import { csv } from '../charts/export';
import { useSetting } from '../charts/useSetting';
import { Name } from '../party/Name';
import type { PartyContext } from '../party/PartyFrame';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { broughtAbout, type Ripple, type RippleClient, type RippleEdge, rippleOf, type RoundSum, roundSums, scenarioOf, type Start } from './model';
import { boardOf } from './places';
import '../charts/charts.css';
import './ripple.css';
import { RipplePicture } from './RipplePicture';

type BrokerRow = NonNullable<NonNullable<NonNullable<RippleByBrokerQuery['stressTest']>['rows']>[number]>;
type DivisionRow = NonNullable<NonNullable<NonNullable<RippleByDivisionQuery['stressTest']>['rows']>[number]>;

const none: readonly string[] = [];

export function RipplePage() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { id, name } = useOutletContext<PartyContext>();
  const [times] = useTimes();
  const [begin, setBegin] = useSetting('start', 'self');
  const [move, setMove] = useSetting('prices', '0');
  const [industry, setIndustry] = useSetting('on', '');
  const [depth, setDepth] = useSetting('depth', '0.02');
  const [sellFrom, setSellFrom] = useSetting('sell', 'CALL');
  const [division, setDivision] = useSetting('by', 'JURISDICTION');
  const [extent, setExtent] = useSetting('extent', 'BROUGHT');
  const [round, setRound] = useState<number | null>(null);
  const [isPlaying, play] = useState(false);
  const [chosen, choose] = useState<string | null>(null);
  const picture = useRef<SVGSVGElement>(null);
  const start: Start | null = begin === 'prices' ? null : begin === 'self' ? { kind: 'client', id } : { kind: 'broker', code: begin };
  const scenario = scenarioOf(start, { move: Number(move), industry: industry || null, depth: Number(depth), sellFrom: sellFrom as 'CALL' | 'CLOSING' });
  const variables = { scenario, ...times };
  const brokerNames = useAnswer(RippleBrokersDocument, times);
  const starting = useAnswer(RippleStartDocument, { of: id, ...times });
  const byClient = useAnswer(RippleByClientDocument, variables);
  const byBroker = useAnswer(RippleByBrokerDocument, variables);
  const byDivision = useAnswer(RippleByDivisionDocument, { ...variables, by: division as StressDivision });
  const industries = (brokerNames.data?.companiesAggregate?.groups ?? []).flatMap(({ key }) => key.industry ?? []);
  const test = byClient.data?.stressTest;
  // An answer names a party by the id it has on the day; the address may have that of another of its records.
  const begun = starting.data?.node;
  const party = begun && (begun.__typename === 'Company' || begun.__typename === 'Person') ? begun : null;
  const all = useMemo(() => (test?.rows && !starting.isLoading ? rippleOf(test.rows, start, party) : null), [begin, id, party, starting.isLoading, test]);
  const ripple = useMemo(() => (all && extent === 'BROUGHT' ? broughtAbout(all) : all), [all, extent]);
  const brokers = useMemo(() => (byBroker.data?.stressTest?.rows ?? []).flatMap((row) => (row?.key ? [row] : [])), [byBroker.data]);
  const failedBrokers = byBroker.data?.stressTest?.failedBrokers ?? none;
  const losses = useMemo(
    () => brokers.map((row) => ({ code: row.key!, name: row.broker?.name ?? null, losses: (row.rounds ?? []).map((figures) => figures.losses ?? null), hasFailed: failedBrokers.includes(row.key!) })),
    [brokers, failedBrokers]);
  const sums = useMemo(() => roundSums(brokers), [brokers]);
  const last = Math.max(0, (ripple?.phases.length ?? sums.length) - 1);
  const shown = Math.min(round ?? last, last);

  useEffect(() => setRound(null), [begin, move, industry, depth, sellFrom]);
  useEffect(() => {
    if (!isPlaying) return;
    if (shown >= last) return play(false);
    const timer = setTimeout(() => setRound(shown + 1), 1100);
    return () => clearTimeout(timer);
  }, [isPlaying, last, shown]);
  const startPlaying = () => {
    if (shown >= last) setRound(0);
    play(true);
  };

  const table = () => csv(
    ['clientId', 'client', 'fate', 'failsInRound', 'losses', 'lossesBeyond', 'forcedSales', 'uncovered'],
    (ripple?.clients ?? []).map((client) => {
      const end = client.rounds.at(-1);
      return [client.id, client.name, client.fate, client.failsIn, end?.losses, client.lossesBeyond, end?.forcedSales, end?.uncovered];
    }),
  );

  return (
    <Section title={begin === 'prices' ? t('ripple.titleShock') : t('ripple.title')} question={{ document: RippleByClientDocument as never, variables }}
      actions={<Exports name={`ripple-${scenario.name}-${times.asOf ?? 'latest'}`} picture={() => picture.current} size={() => boardOf(ripple!, losses)} table={table} isDisabled={!ripple} />}>
      <div className="controls" role="group" aria-label={t('ripple.controls')}>
        <Choice isLabelShown label={t('ripple.start')} value={begin} onChange={setBegin} options={[
          { id: 'self', text: t('ripple.startSelf', { name: name ?? t('own.nameless') }) },
          { id: 'prices', text: t('ripple.startPrices') },
          ...(brokerNames.data?.brokers?.nodes ?? []).flatMap((broker) => (broker?.code ? [{ id: broker.code, text: t('ripple.startBroker', { name: broker.name ?? broker.code }), note: broker.code }] : [])),
        ]} />
        <Choice isLabelShown label={t('ripple.move')} value={move} onChange={setMove}
          options={['0', '-0.1', '-0.2', '-0.3', '-0.4'].map((one) => ({ id: one, text: one === '0' ? t('ripple.noMove') : format.percent(Number(one)) }))} />
        <Choice isLabelShown label={t('ripple.on')} value={industry} onChange={setIndustry}
          options={[{ id: '', text: t('ripple.allPrices') }, ...industries.map((one) => ({ id: one, text: one }))]} />
        <Choice isLabelShown label={t('ripple.depth')} value={depth} onChange={setDepth}
          options={['0', '0.01', '0.02', '0.05'].map((one) => ({ id: one, text: one === '0' ? t('ripple.noDepth') : t('ripple.depthOf', { part: format.percent(Number(one)) }) }))} />
        <Choice isLabelShown label={t('ripple.sellFrom')} value={sellFrom} onChange={setSellFrom} options={['CALL', 'CLOSING'].map((one) => ({ id: one, text: code('sellFrom', one) }))} />
        <Choice isLabelShown label={t('ripple.extent')} value={extent} onChange={setExtent} options={['BROUGHT', 'ALL'].map((one) => ({ id: one, text: code('rippleExtent', one) }))} />
      </div>
      <Part answer={byClient} path="stressTest" isEmpty={!test || !ripple}>
        {test && ripple && (
          <>
            <p>
              {t('ripple.borne', { prices: format.amount(test.priceLosses), clients: format.amount(test.borneByClients), paid: format.amount(test.paidByParties), brokers: format.amount(test.borneByBrokers) })}
              {(test.failedBrokers?.length ?? 0) > 0 && <strong> {t('ripple.failedBrokers', { codes: test.failedBrokers!.join(', ') })}</strong>}
            </p>
            <p className="quiet">
              {[test.restsOn === 'OWN_RECORDS' ? t('ripple.ownRecords') : '', test.leftOut ?? '', test.isComplete ? '' : t('ripple.stopped'),
                (test.rowCount ?? 0) > (test.rows?.length ?? 0) ? t('ripple.cut', { shown: format.count(test.rows?.length), all: format.count(test.rowCount) }) : '',
                extent === 'BROUGHT' && !ripple.clients.some((client) => client.fate === 'ripple') ? t('ripple.nothingBeyond') : ''].filter(Boolean).join(' ')}
            </p>
            <div className="steps">
              <Button className="quiet-button" onPress={() => (isPlaying ? play(false) : startPlaying())}>{isPlaying ? `❚❚ ${t('ripple.pause')}` : `▶ ${t('ripple.play')}`}</Button>
              <Slider className="slider wide" minValue={0} maxValue={last} value={shown} onChange={(value) => (play(false), setRound(value as number))}>
                <Label className="unseen">{t('ripple.slider')}</Label>
                <SliderTrack className="slider-track"><SliderThumb className="slider-thumb" aria-label={t('ripple.slider')} /></SliderTrack>
              </Slider>
              <strong>{t('ripple.round', { round: shown, all: last })} · {code('stressPhase', ripple.phases[shown])}</strong>
              {sums[shown] && <span>{t('ripple.defaults')} {format.count(sums[shown].defaults)} · {t('ripple.losses')} {format.amount(sums[shown].losses)} · {t('ripple.sales')} {format.amount(sums[shown].forcedSales)}</span>}
            </div>
            <div className="chart-and-table">
              <div>
                {ripple.clients.some((client) => client.failsIn !== null)
                  ? <RipplePicture ripple={ripple} brokers={losses} round={shown} picture={picture} chosen={chosen} onChoose={(node) => choose((now) => (now === node ? null : node))} />
                  : <Empty>{t('ripple.none')}</Empty>}
                <Legend />
              </div>
              <Tabs className="tabs">
                <TabList aria-label={t('ripple.tables')} className="tab-list">
                  <Tab id="clients">{t('ripple.clients')}</Tab>
                  <Tab id="rounds">{t('ripple.rounds')}</Tab>
                  <Tab id="brokers">{t('ripple.broker')}</Tab>
                  <Tab id="divisions">{t('ripple.divisions')}</Tab>
                  <Tab id="edges">{t('ripple.edges')}</Tab>
                </TabList>
                <TabPanel id="clients"><ClientsTable ripple={ripple} round={shown} /></TabPanel>
                <TabPanel id="rounds"><Part answer={byBroker} path="stressTest"><RoundsTable sums={sums} /></Part></TabPanel>
                <TabPanel id="brokers"><Part answer={byBroker} path="stressTest"><BrokersTable rows={brokers} round={shown} /></Part></TabPanel>
                <TabPanel id="divisions">
                  <Choice isLabelShown label={t('ripple.by')} value={division} onChange={setDivision} options={['JURISDICTION', 'INDUSTRY'].map((one) => ({ id: one, text: code('division', one) }))} />
                  <Part answer={byDivision} path="stressTest"><DivisionsTable rows={(byDivision.data?.stressTest?.rows ?? []).flatMap((row) => row ?? [])} round={shown} /></Part>
                </TabPanel>
                <TabPanel id="edges"><EdgesTable ripple={ripple} /></TabPanel>
              </Tabs>
            </div>
          </>
        )}
      </Part>
    </Section>
  );
}

function Client({ client }: { client: { id: string; name: string | null } | undefined }) {
  const { t } = useText();
  if (!client) return <>–</>;
  return <Go to={partyPath(client.id, 'ripple')}>{client.name ? <Name>{client.name}</Name> : t('own.nameless')}</Go>;
}

function ClientsTable({ ripple, round }: { ripple: Ripple; round: number }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const at = (client: RippleClient) => client.rounds[Math.min(round, client.rounds.length - 1)];
  const columns: Column<RippleClient>[] = [
    { key: 'client', title: t('ripple.client'), cell: (client) => <Client client={client} /> },
    { key: 'fate', title: t('ripple.fate'), cell: (client) => <span className="fate">{client.failsIn !== null && client.failsIn <= round ? `✕ ${code('fate', client.fate)}` : code('fate', 'stands')}</span> },
    { key: 'in', title: t('ripple.failsIn'), isFigure: true, cell: (client) => format.count(client.failsIn) },
    { key: 'losses', title: t('ripple.losses'), isFigure: true, cell: (client) => format.amount(at(client)?.losses) },
    { key: 'beyond', title: t('ripple.lossesBeyond'), isFigure: true, cell: (client) => format.amount(client.lossesBeyond) },
    { key: 'sales', title: t('ripple.sales'), isFigure: true, cell: (client) => format.amount(at(client)?.forcedSales) },
  ];
  return <Table caption={t('ripple.clients')} columns={columns} rows={ripple.clients.filter((client) => client.rounds.length > 0)} rowKey={(client) => client.id} />;
}

function RoundsTable({ sums }: { sums: readonly RoundSum[] }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const columns: Column<RoundSum>[] = [
    { key: 'round', title: t('ripple.slider'), isFigure: true, cell: ({ round }) => round },
    { key: 'phase', title: t('ripple.phase'), cell: ({ phase }) => code('stressPhase', phase) },
    { key: 'defaults', title: t('ripple.defaults'), isFigure: true, cell: ({ defaults }) => format.count(defaults) },
    { key: 'losses', title: t('ripple.losses'), isFigure: true, cell: ({ losses }) => format.amount(losses) },
    { key: 'sales', title: t('ripple.sales'), isFigure: true, cell: ({ forcedSales }) => format.amount(forcedSales) },
    { key: 'calls', title: t('ripple.calls'), isFigure: true, cell: ({ calls }) => format.count(calls) },
  ];
  return <Table caption={t('ripple.rounds')} columns={columns} rows={sums} rowKey={({ round }) => String(round)} />;
}

function BrokersTable({ rows, round }: { rows: readonly BrokerRow[]; round: number }) {
  const { t } = useText();
  const format = useFormat();
  const at = (row: BrokerRow) => row.rounds?.[Math.min(round, (row.rounds?.length ?? 1) - 1)];
  const columns: Column<BrokerRow>[] = [
    { key: 'broker', title: t('ripple.broker'), cell: (row) => row.broker?.name ?? row.key },
    { key: 'defaults', title: t('ripple.defaults'), isFigure: true, cell: (row) => format.count(at(row)?.defaults) },
    { key: 'losses', title: t('ripple.losses'), isFigure: true, cell: (row) => format.amount(at(row)?.losses) },
    { key: 'beyond', title: t('ripple.lossesBeyond'), isFigure: true, cell: (row) => format.amount((row.after?.losses ?? 0) - (row.withoutShock?.losses ?? 0)) },
    { key: 'capital', title: t('ripple.capital'), isFigure: true, cell: (row) => format.percent(row.lossesToNetCapital) },
  ];
  return <Table caption={t('ripple.broker')} columns={columns} rows={rows} rowKey={(row) => row.key!} />;
}

function DivisionsTable({ rows, round }: { rows: readonly DivisionRow[]; round: number }) {
  const { t } = useText();
  const format = useFormat();
  const at = (row: DivisionRow) => row.rounds?.[Math.min(round, (row.rounds?.length ?? 1) - 1)];
  const columns: Column<DivisionRow>[] = [
    { key: 'division', title: t('ripple.division'), cell: (row) => row.jurisdictionName ?? (row.key || '–') },
    { key: 'defaults', title: t('ripple.defaults'), isFigure: true, cell: (row) => format.count(at(row)?.defaults) },
    { key: 'losses', title: t('ripple.losses'), isFigure: true, cell: (row) => format.amount(at(row)?.losses) },
    { key: 'sales', title: t('ripple.sales'), isFigure: true, cell: (row) => format.amount(at(row)?.forcedSales) },
    { key: 'uncovered', title: t('ripple.uncovered'), isFigure: true, cell: (row) => format.amount(at(row)?.uncovered) },
  ];
  return <Table caption={t('ripple.divisions')} columns={columns} rows={rows} rowKey={(row, place) => row.key ?? String(place)} />;
}

function EdgesTable({ ripple }: { ripple: Ripple }) {
  const { t } = useText();
  const format = useFormat();
  const byId = new Map(ripple.clients.map((client) => [client.id, client]));
  const columns: Column<RippleEdge>[] = [
    { key: 'guarantor', title: t('ripple.guarantor'), cell: (edge) => <Client client={byId.get(edge.guarantor)} /> },
    { key: 'debtor', title: t('ripple.debtor'), cell: (edge) => <Client client={byId.get(edge.debtor)} /> },
    { key: 'amount', title: t('ripple.upTo'), isFigure: true, cell: ({ amount }) => format.amount(amount) },
    { key: 'called', title: t('ripple.calledIn'), isFigure: true, cell: ({ calledIn }) => format.count(calledIn) },
  ];
  return (
    <>
      <p className="quiet">{t('ripple.amounts')}</p>
      <Table caption={t('ripple.edges')} columns={columns} rows={ripple.edges} rowKey={(edge) => edge.id} />
    </>
  );
}

function Legend() {
  const { t } = useText();
  const code = useCode();
  return (
    <ul className="legend" aria-label={t('ripple.legend')}>
      {(['start', 'ripple', 'anyway', 'before', 'stands'] as const).map((fate) => (
        <li key={fate}><svg width="22" height="14" aria-hidden="true"><g className={`node card ${fate} ${fate === 'stands' ? 'up' : 'down'}`}><rect className="box" x="1" y="1" width="20" height="12" rx="2" /></g></svg>{code('fate', fate)}</li>
      ))}
      <li><svg width="30" height="10" aria-hidden="true"><g className="guarantee called"><path d="M1 5 L29 5" /></g></svg>{t('ripple.legendEdge')}</li>
    </ul>
  );
}
