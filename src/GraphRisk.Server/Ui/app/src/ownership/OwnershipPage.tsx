import type { TypedDocumentNode } from '@urql/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useOutletContext } from 'react-router';
import { useAnswer } from '../api/answer';
import {
  BeneficialOwnersDocument, ConcertPartiesDocument, ControlByRuleDocument, OwnershipChartDocument, OwnershipFiguresDocument, OwnershipOfHolderDocument, OwnershipProofDocument,
  OwnershipRulesDocument, OwnershipStatementsDocument, type OwnershipSemantics, SanctionedOwnersDocument, type TreasuryShares, type AnswerFieldsFragment,
} from '../api/generated/graphql';
import { Choice } from '../app/Choice';
import { Section } from '../app/Section';
import { useTimes } from '../app/times';
import { Empty, Loading, Part, Refused } from '../app/states';
import { circles } from '../charts/circles';
import { Exports } from '../charts/Exports';
import { csv } from '../charts/export';
import { useSetting } from '../charts/useSetting';
import type { PartyContext } from '../party/PartyFrame';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { bothCharts, changesBetween, type HoldingChange } from './changes';
import { type Chart, holdingText, type Measure } from './chart';
import type { Layout } from './layout';
import { eachOnce, type Lit, litBy, marksOf } from './marks';
import '../charts/charts.css';
import './ownership.css';
import { OwnershipPicture } from './OwnershipPicture';
import { ChangesTable, ControlTable, controlKey, Findings, HeldTable, HoldingsTable, StakesTable, VerdictTable, verdictKey } from './OwnershipTables';
import { STEPS, useChart } from './useChart';
import { type Opening, sideKey, visiblePart } from './visible';

const noChanges: ReadonlyMap<string, HoldingChange> = new Map();
const ruleDocuments = { BENEFICIAL_OWNER: BeneficialOwnersDocument, CONCERT: ConcertPartiesDocument, CONTROL: ControlByRuleDocument, SANCTIONS: SanctionedOwnersDocument } as const;
type RuleTopic = keyof typeof ruleDocuments;
type RuleVariables = { company: string; rule: string; withProof: boolean; asOf: string | null; knownAt: string | null };
type RuleData = { answer?: AnswerFieldsFragment | null; controllers?: { byRule?: AnswerFieldsFragment | null } | null };

export function OwnershipPage() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { id, type, name } = useOutletContext<PartyContext>();
  const [times] = useTimes();
  const [measure, setMeasure] = useSetting('measure', 'EQUITY');
  const [semantics, setSemantics] = useSetting('semantics', 'CORRECTED');
  const [treasury, setTreasury] = useSetting('treasury', 'COUNTED');
  const [threshold, setThreshold] = useSetting('threshold', '0');
  const [rule, setRule] = useSetting('rule', 'cn-beneficial-owner');
  const [steps, setSteps] = useSetting('steps', '3');
  const [before, setBefore] = useSetting('before', '');
  const [sides, setSides] = useState<{ opened: ReadonlySet<string>; closed: ReadonlySet<string> }>({ opened: new Set(), closed: new Set() });
  const [chosen, choose] = useState<string | null>(null);
  const [drawnIn, tellLayout] = useState<Layout | null>(null);
  const picture = useRef<SVGSVGElement>(null);
  const isCompany = type === 'Company';
  const answer = useChart(id, times);
  const earlier = useChart(id, { asOf: before || null, knownAt: times.knownAt }, before !== '');
  const settings = { semantics: semantics as OwnershipSemantics, treasury: treasury as TreasuryShares, threshold: Number(threshold), ...times };
  const figures = useAnswer(OwnershipFiguresDocument, { company: id, ...settings }, { pause: !isCompany });
  const held = useAnswer(OwnershipOfHolderDocument, { holder: id, ...settings });
  const rules = useAnswer(OwnershipRulesDocument, times, { pause: !isCompany });
  const known = (rules.data?.ownershipRules?.rules ?? []).filter((one) => one.topic in ruleDocuments);
  const topic = (known.find((one) => one.name === rule)?.topic ?? 'BENEFICIAL_OWNER') as RuleTopic;
  const isVerdict = chosen?.startsWith('verdict:') ?? false;
  const ruleDocument = ruleDocuments[topic] as unknown as TypedDocumentNode<RuleData, RuleVariables>;
  const ruleVariables = { company: id, rule, withProof: false, ...times };
  const ruled = useAnswer(ruleDocument, ruleVariables, { pause: !isCompany });
  const proved = useAnswer(ruleDocument, { ...ruleVariables, withProof: true }, { pause: !isCompany || !isVerdict });
  const isStake = chosen !== null && !isVerdict && !chosen.startsWith('control:');
  const proof = useAnswer(OwnershipProofDocument, { company: id, ...settings }, { pause: !isCompany || !isStake });
  const answered = ruled.data?.answer ?? ruled.data?.controllers?.byRule ?? null;
  const verdicts = answered?.verdicts ?? [];
  const stakes = (figures.data?.ownershipLookThrough?.stakes?.nodes ?? []).flatMap((stake) => stake ?? []);
  const control = (figures.data?.controllers?.control ?? []).flatMap((one) => one ?? []);
  const findings = eachOnce([
    ...(figures.data?.ownershipLookThrough?.findings ?? []), ...(held.data?.ownershipLookThrough?.findings ?? []), ...(answered?.findings ?? []),
  ]);

  const changes = useMemo(
    () => (answer.chart && earlier.chart && before ? changesBetween(earlier.chart, answer.chart, measure as Measure) : noChanges), [answer.chart, before, earlier.chart, measure]);
  const chart = useMemo(() => (answer.chart && earlier.chart && before ? bothCharts(earlier.chart, answer.chart) : answer.chart), [answer.chart, before, earlier.chart]);
  const opening: Opening = useMemo(() => ({ steps: Number(steps), ...sides }), [sides, steps]);
  const visible = useMemo(() => (chart ? visiblePart(chart, opening, measure as Measure) : null), [chart, measure, opening]);
  const rings = useMemo(
    () => (visible ? circles(visible.parties.map((party) => party.id), visible.holdings.map((holding) => ({ from: holding.holder, to: holding.company }))) : []), [visible]);
  const inCircle = useMemo(() => {
    const ringOf = new Map(rings.flatMap((ring, at) => ring.map((party) => [party, at] as const)));
    return new Set((visible?.holdings ?? []).filter(({ holder, company }) => holder !== company && ringOf.has(holder) && ringOf.get(holder) === ringOf.get(company)).map((holding) => holding.id));
  }, [rings, visible]);
  const concerts = useMemo(() => concertsOf(chart), [chart]);
  const marks = useMemo(() => marksOf(figures.data, verdicts, findings), [figures.data, ruled.data, held.data]);
  const lit = litOf();

  function litOf(): Lit | null {
    if (chosen === null) return null;
    const verdict = verdicts.find((one) => verdictKey(one) === chosen);
    if (verdict) {
      const proven = (proved.data?.answer ?? proved.data?.controllers?.byRule)?.verdicts?.find((one) => verdictKey(one) === chosen);
      const proof = proven?.proof?.sufficient ? { sufficient: proven.proof.sufficient.flatMap((statement) => statement.holding ?? []) } : null;
      return litBy(verdict.chains ?? [], proof, [id, ...verdict.holders.flatMap((holder) => holder?.id ?? [])]);
    }
    const controls = control.find((one) => controlKey(one) === chosen);
    if (controls) return litBy([], controls.proof, [id, ...controls.controllers.flatMap((one) => one?.id ?? [])]);
    const stake = proof.data?.ownershipLookThrough?.stakes?.nodes?.find((one) => one?.holder?.id === chosen);
    return stake ? litBy(stake.chains?.chains ?? [], settings.threshold > 0 ? stake.proof : null, [id, chosen]) : null;
  }

  const toggle = useCallback((node: string) => {
    const turn = (key: string, isOpen: boolean) => setSides((now) => {
      const [opened, closed] = [new Set(now.opened), new Set(now.closed)];
      (isOpen ? opened : closed).add(key);
      (isOpen ? closed : opened).delete(key);
      return { opened, closed };
    });
    if (node.startsWith('rest:')) {
      const key = node.slice('rest:'.length);
      const of = key.slice(key.indexOf(':') + 1);
      turn(key, true);
      answer.readAround(of);
      return;
    }
    const isAbove = visible?.holdings.some((holding) => holding.holder === node) ?? false;
    // What stands above is opened upwards, what stands below downwards.
    const key = sideKey(isAbove || node === id ? 'up' : 'down', node);
    const isShut = visible?.rests.some((rest) => rest.id === `rest:${key}`) ?? false;
    if (isShut) answer.readAround(node);
    turn(key, isShut);
  }, [answer.readAround, id, visible]);

  const chooseOne = (key: string) => choose((now) => (now === key ? null : key));
  const file = `ownership-${(name ?? 'party').replaceAll(/[^\p{L}\p{N}]+/gu, '-')}-${times.asOf ?? 'latest'}`;

  const table = () => csv(
    ['holderId', 'holder', 'companyId', 'company', 'equity', 'votes', 'nominee', 'inCircle', 'change'],
    (visible?.holdings ?? []).map((holding) => [
      holding.holder, chart?.parties.get(holding.holder)?.name, holding.company, chart?.parties.get(holding.company)?.name, holdingText(holding, 'EQUITY'), holdingText(holding, 'VOTES'),
      holding.statements.some((statement) => statement.isNominee), inCircle.has(holding.id), changes.get(holding.id)?.kind,
    ]),
  );

  return (
    <div className="ownership">
      <Section title={t('own.title')} question={{ document: OwnershipChartDocument as never, variables: { of: id, direction: 'IN', steps: STEPS, ...times } }}
        note={visible && t('own.shownCount', { parties: format.count(visible.parties.length), holdings: format.count(visible.holdings.length) })}
        actions={<Exports name={file} picture={() => picture.current} size={() => drawnIn ?? { width: 0, height: 0 }} table={table} isDisabled={!visible || !drawnIn}
          graph={{ document: OwnershipStatementsDocument as never, variables: { of: id, direction: isCompany ? 'IN' : 'OUT', steps: Number(steps), ...times } }} />}>
        <div className="controls" role="group" aria-label={t('own.controls')}>
          <Choice isLabelShown label={t('own.measure')} value={measure} options={['EQUITY', 'VOTES'].map((one) => ({ id: one, text: code('measure', one) }))} onChange={setMeasure} />
          <Choice isLabelShown label={t('own.semantics')} value={semantics} options={['CORRECTED', 'SIMPLE_PATH', 'WALK'].map((one) => ({ id: one, text: code('semantics', one) }))} onChange={setSemantics} />
          <Choice isLabelShown label={t('own.threshold')} value={threshold} onChange={setThreshold}
            options={['0', '0.05', '0.1', '0.2', '0.25', '0.5'].map((part) => ({ id: part, text: part === '0' ? t('own.noThreshold') : `≥ ${format.percent(Number(part))}` }))} />
          <Choice isLabelShown label={t('own.treasuryShares')} value={treasury} options={['COUNTED', 'CANCELLED'].map((one) => ({ id: one, text: code('treasury', one) }))} onChange={setTreasury} />
          {isCompany && (
            <Choice isLabelShown label={t('own.rule')} value={rule} onChange={setRule} options={known.map((one) => ({ id: one.name, text: one.title, note: `${code('topic', one.topic)} · ${one.name}` }))} />
          )}
          <Choice isLabelShown label={t('own.steps')} value={steps} onChange={setSteps} options={['1', '2', '3', '4', '5', '6'].map((one) => ({ id: one, text: one }))} />
          <label className="choice">{t('own.compare')} <input type="date" value={before} onChange={(event) => setBefore(event.target.value)} /></label>
          {before && <Button className="quiet-button" onPress={() => setBefore('')}>{t('own.noCompare')}</Button>}
        </div>
        {measure === 'VOTES' && <p className="quiet">{t('own.votesNote')}</p>}
        <div className="chart-and-table">
          <div>
            {answer.refusals.length > 0 ? <Refused refusal={answer.refusals[0]!} again={answer.again} />
              : answer.isLoading ? <Loading />
              : !visible || !chart ? <Empty />
              : (
                <>
                  <OwnershipPicture picture={picture} asked={chart.asked} label={t('own.chartOf', { name: name ?? t('own.nameless') })} chosen={chosen}
                    drawn={{ visible, measure: measure as Measure, marks, concerts, inCircle, changes, lit }} onChoose={chooseOne} onToggle={toggle}
                    onLayout={tellLayout} />
                  <Legend hasChanges={changes.size > 0} />
                </>
              )}
          </div>
          <Tabs className="tabs">
            <TabList aria-label={t('own.tables')} className="tab-list">
              {isCompany && <Tab id="stakes">{t('own.stakes')}</Tab>}
              {isCompany && <Tab id="control">{t('own.control')}</Tab>}
              {isCompany && <Tab id="rule">{t('own.byRule')}</Tab>}
              <Tab id="held">{t('own.held')}</Tab>
              <Tab id="shown">{t('own.shown')}</Tab>
              {before && <Tab id="changes">{t('own.changes')} {changes.size}</Tab>}
              <Tab id="findings">{t('own.findings')} {findings.length}</Tab>
            </TabList>
            <TabPanel id="stakes">
              <Part answer={figures} path="ownershipLookThrough"><StakesTable stakes={stakes} chosen={chosen} onChoose={chooseOne} /></Part>
            </TabPanel>
            <TabPanel id="control">
              <Part answer={figures} path="controllers"><ControlTable control={control} chosen={chosen} onChoose={chooseOne} /></Part>
            </TabPanel>
            <TabPanel id="rule">
              <Part answer={ruled} path={topic === 'CONTROL' ? 'controllers' : 'answer'}>
                {answered && (
                  <>
                    <p><strong>{answered.rule.title}</strong> <span className="quiet">{answered.version.name} · {answered.rule.source}</span></p>
                    {!answered.applies && <p className="warn">{t('own.doesNotApply')}</p>}
                    {!answered.readsTies && <p className="warn">{t('own.noTies')}</p>}
                    <VerdictTable verdicts={verdicts} chosen={chosen} onChoose={chooseOne} />
                    {answered.rule.cannotKnow.length > 0 && (
                      <details><summary>{t('own.cannotKnow')}</summary><ul>{answered.rule.cannotKnow.map((one) => <li key={one}>{one}</li>)}</ul></details>
                    )}
                  </>
                )}
              </Part>
            </TabPanel>
            <TabPanel id="held">
              <Part answer={held} path="ownershipLookThrough"><HeldTable stakes={(held.data?.ownershipLookThrough?.stakes?.nodes ?? []).flatMap((stake) => stake ?? [])} /></Part>
            </TabPanel>
            <TabPanel id="shown">{chart && visible && <HoldingsTable chart={chart} holdings={visible.holdings} measure={measure as Measure} inCircle={inCircle} />}</TabPanel>
            <TabPanel id="changes">{chart && <ChangesTable chart={chart} changes={changes} measure={measure as Measure} />}</TabPanel>
            <TabPanel id="findings"><Findings findings={findings} isComplete={answer.isComplete} /></TabPanel>
          </Tabs>
        </div>
        {rings.length > 0 && chart && (
          <p className="rings"><strong>{t('own.circles', { count: rings.length })}</strong> {rings.map((ring) => ring.map((party) => chart.parties.get(party)?.name ?? '…').join(' ↻ ')).join('; ')}</p>
        )}
      </Section>
    </div>
  );
}

/** Numbers for agreements that bind several parties of a chart. */
function concertsOf(chart: Chart | null): Map<string, number> {
  const members = new Map<string, number>();
  for (const party of chart?.parties.values() ?? [])
    for (const agreement of party.agreements) members.set(agreement.id, (members.get(agreement.id) ?? 0) + 1);
  return new Map([...members].filter(([, count]) => count > 1).map(([agreement], at) => [agreement, at + 1]));
}

function Legend({ hasChanges }: { hasChanges: boolean }) {
  const { t } = useText();
  const line = (kind: string, text: string) => (
    <li><svg width="34" height="12" aria-hidden="true"><g className={`line ${kind}`}>{kind === 'range' && <path className="band" d="M1 6 L33 6" />}{kind === 'circle' && <path className="halo" d="M1 6 L33 6" />}<path className="stroke" d="M1 6 L33 6" /></g></svg>{text}</li>
  );
  return (
    <ul className="legend" aria-label={t('own.legend')}>
      {line('stated', t('own.legendStated'))}
      {line('range', t('own.legendRange'))}
      {line('unknown', t('own.legendUnknown'))}
      {line('nominee', t('own.legendNominee'))}
      {line('circle', `↻ ${t('own.legendCircle')}`)}
      <li>≠ {t('own.disagree')}</li>
      <li>! {t('own.legendFinding')}</li>
      {hasChanges && <li>+ {t('own.legendCame')} · − {t('own.legendWent')} · → {t('own.legendMoved')}</li>}
      <li>{t('own.legendChips')}</li>
      <li className="quiet">{t('own.keys')}</li>
    </ul>
  );
}
