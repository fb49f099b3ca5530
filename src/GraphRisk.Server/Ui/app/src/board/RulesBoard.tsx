import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useAnswer } from '../api/answer';
import { OwnershipRulesDocument, RuleVerdictsDocument, type OwnershipVerdictHolds, type RuleVerdictsQuery, type RuleVerdictsQueryVariables } from '../api/generated/graphql';
import { partyPath } from '../app/Link';
import { Section } from '../app/Section';
import { Loading, Part } from '../app/states';
import { useAddress } from '../app/times';
import { figureText } from '../charts/band';
import { LongList } from '../desk/LongList';
import { usePages } from '../desk/pages';
import { Name } from '../party/Name';
import type { Asked, Words } from './board';
import { Choices, useAsked, useWords } from './BoardView';
import { type BoardChoice, chosenOf, choosing } from './choices';

type Verdict = NonNullable<NonNullable<RuleVerdictsQuery['ownershipVerdicts']>['nodes'][number]> & { id: string };

/** Rows asked for at a time. */
const page = 100;

/** The rule that is chosen where none was, where the server has it. */
const usual = 'cn-listed-control';

/** What a rule of law says of all companies: who stands in it, by which limb, for certain or possibly. */
export function RulesBoard() {
  const asked = useAsked();
  const words = useWords();
  const rules = useAnswer(OwnershipRulesDocument, { asOf: asked?.asOf ?? null, knownAt: asked?.knownAt ?? null }, { pause: asked === null });
  const known = rules.data?.ownershipRules?.rules ?? [];
  if (asked === null) return <Loading />;
  if (known.length === 0) return <Part answer={rules} path="ownershipRules" isEmpty>{null}</Part>;
  const options = known.map(({ name, title }) => ({ id: name, text: title }));
  return <Verdicts asked={asked} words={words} rule={{ name: 'rule', label: words.t('own.rule'), usual: known.some(({ name }) => name === usual) ? usual : known[0]!.name, options }} />;
}

function Verdicts({ asked: { asOf, knownAt }, words, rule }: { asked: Asked; words: Words; rule: BoardChoice }) {
  const { t, code, format } = words;
  const [search, setSearch] = useSearchParams();
  const [at, choose] = useState<string | null>(null);
  const navigate = useNavigate();
  const address = useAddress();
  const holds: BoardChoice = { name: 'holds', label: t('own.holds'), usual: 'CERTAIN', options: ['CERTAIN', 'POSSIBLE', 'BOTH'].map((id) => ({ id, text: code('holds', id) })) };
  const choices = [rule, holds];
  const chosen = chosenOf(choices, search);
  const variables = { rule: chosen.rule!, holds: chosen.holds === 'BOTH' ? null : (chosen.holds as OwnershipVerdictHolds), first: page, asOf, knownAt };
  const list = usePages<RuleVerdictsQuery, RuleVerdictsQueryVariables, Verdict>(RuleVerdictsDocument, variables, (data) => {
    const found = data.ownershipVerdicts;
    return found && { ...found, nodes: found.nodes.map((one) => one && { ...one, id: [one.asked?.id, one.limb.name, ...one.holders.map((holder) => holder?.id), one.company?.id, one.agreement?.id].join(' ') }) };
  });
  const isAmongInvestors = (list.data ?? []).some(({ asked, company }) => asked?.id !== company?.id);
  return (
    <Section isPage title={code('board', 'rules')} note={list.total !== null && t('desk.all', { all: format.count(list.total) })} question={{ document: RuleVerdictsDocument as never, variables }}>
      <Choices choices={choices} chosen={chosen} choose={(choice, value) => setSearch((before) => choosing(before, choice, value), { replace: true })} />
      <Part answer={list} path="ownershipVerdicts" isEmpty={list.data?.length === 0} empty={t('board.noVerdicts')}>
        <LongList caption={t('own.verdicts')} rows={list.data ?? []} total={list.total ?? 0} more={list.more} chosen={at} choose={(row) => choose(row.id)}
          open={({ asked }) => asked && void navigate(address(`${partyPath(asked.id, 'ownership')}?rule=${encodeURIComponent(chosen.rule!)}`))}
          columns={[
            { key: 'who', width: 'minmax(140px, 2fr)', title: t('own.holder'), cell: ({ holders }) => holders.map((holder, index) => <span key={index}>{index > 0 && '、'}<Name>{holder?.name}</Name></span>) },
            { key: 'company', width: 'minmax(140px, 2fr)', title: isAmongInvestors ? t('board.withWhom') : t('own.company'), cell: ({ company }) => <Name>{company?.name}</Name> },
            ...(isAmongInvestors ? [{ key: 'within', width: 'minmax(140px, 2fr)', title: t('own.company'), cell: ({ asked }: Verdict) => <Name>{asked?.name}</Name> }] : []),
            { key: 'limb', width: 'minmax(120px, 1fr)', title: t('own.limb'), cell: ({ limb }) => <span title={limb.says}>{limb.article} <span className="quiet">{limb.name}</span></span> },
            { key: 'holds', width: '90px', title: t('own.holds'), cell: ({ holds: how, cannotKnow }) => <span title={cannotKnow.join(' ')}>{code('holds', how)}</span> },
            { key: 'part', width: '140px', title: t('own.part'), isFigure: true, cell: ({ stated, lower, upper }) => (stated === null && lower === null ? '–' : figureText(stated, lower, upper)) },
          ]} />
      </Part>
    </Section>
  );
}
