import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useAnswer } from '../api/answer';
import { SearchDocument, type NodeKind } from '../api/generated/graphql';
import { Choice } from '../app/Choice';
import { Table } from '../app/Figure';
import { Go, partyPath } from '../app/Link';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Part } from '../app/states';
import { Name } from '../party/Name';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { hitOf, sought } from './hits';

/** All hits of a text, each with what tells it from others of the same name. */
export function SearchPage() {
  const { t, language } = useText();
  const code = useCode();
  const format = useFormat();
  const [search] = useSearchParams();
  const [times] = useTimes();
  const [kind, choose] = useState<NodeKind | 'ALL'>('ALL');
  const text = (search.get('q') ?? '').trim().slice(0, 200);
  const variables = { text, first: 100, types: kind === 'ALL' ? [...sought] : [kind], language: language === 'zh' ? ('ZH' as const) : ('EN' as const), ...times };
  const answer = useAnswer(SearchDocument, variables, { pause: text === '' });
  const hits = (answer.data?.search?.edges ?? []).flatMap((edge) => hitOf(edge) ?? []);
  return (
    <Section isPage title={t('search.title', { text })} note={answer.data?.search && t('search.found', { count: answer.data.search.totalCount, shown: format.count(answer.data.search.totalCount) })}
      question={{ document: SearchDocument as never, variables }}
      actions={<Choice label={t('search.kind')} isLabelShown value={kind} onChange={(id) => choose(id as NodeKind)}
        options={[{ id: 'ALL', text: t('search.allKinds') }, ...sought.map((id) => ({ id, text: code('type', typeName(id)) }))]} />}>
      <Part answer={answer} path="search" isEmpty={hits.length === 0} empty={t('search.none')}>
        <Table caption={t('search.title', { text })} rows={hits} rowKey={(hit) => hit.id} columns={[
          { key: 'name', title: t('search.name'), cell: (hit) => <>{hit.party ? <Go to={partyPath(hit.party)}><Name>{hit.name}</Name></Go> : <Name>{hit.name}</Name>}{hit.isListed && <em className="tag bad">{t('party.listed')}</em>}</> },
          { key: 'type', title: t('search.type'), cell: (hit) => code('type', hit.type) },
          { key: 'region', title: t('search.region'), cell: (hit) => hit.region ?? '' },
          { key: 'broker', title: t('search.broker'), cell: (hit) => hit.brokers.join(', ') },
          { key: 'more', title: t('search.more'), cell: (hit) => [hit.party === hit.id ? null : hit.partyName, ...hit.more].filter(Boolean).join(' · ') },
          { key: 'match', title: t('search.how'), cell: (hit) => <>{code('match', hit.match)}{hit.text && hit.text !== hit.name && <small className="quiet"> {hit.text}</small>}</> },
        ]} />
      </Part>
    </Section>
  );
}

const typeName = (kind: string) => kind.split('_').map((word) => word[0] + word.slice(1).toLowerCase()).join('');
