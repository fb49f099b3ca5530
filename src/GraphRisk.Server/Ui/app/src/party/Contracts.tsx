import { useAnswer } from '../api/answer';
import { PartyContractsDocument } from '../api/generated/graphql';
import { Table } from '../app/Figure';
import { Section } from '../app/Section';
import { Part } from '../app/states';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { useParty } from './context';
import { most } from './Overview';

/** What the party owes, contract by contract, and what befell it. */
export function Contracts() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { asked } = useParty();
  const variables = { ...asked, first: most };
  const answer = useAnswer(PartyContractsDocument, variables);
  const node = answer.data?.node;
  const party = node?.__typename === 'Company' || node?.__typename === 'Person' ? node : null;
  const contracts = (party?.contracts?.nodes ?? []).flatMap((contract) => contract ?? []);
  const events = (party?.creditEvents?.nodes ?? []).flatMap((event) => event ?? []);
  const question = { document: PartyContractsDocument as never, variables };
  return (
    <div className="columns wide-first">
      <Section title={t('party.contracts')} question={question}
        note={party?.contracts && `${t('party.shownOf', { shown: format.count(contracts.length), all: format.count(party.contracts.totalCount) })} · ${t('party.debt')} ${format.amount(party.debt)}`}>
        <Part answer={answer} path="node.contracts" isEmpty={contracts.length === 0} empty={t('party.noContracts')}>
          <Table caption={t('party.contracts')} rows={contracts} rowKey={(row) => row.id} columns={[
            { key: 'number', title: t('party.contractNumber'), cell: (row) => row.contractNumber ?? '' },
            { key: 'type', title: t('search.type'), cell: (row) => code('type', row.__typename) },
            { key: 'broker', title: t('search.broker'), cell: (row) => [row.grantedBy?.nodes[0]?.code, row.grantedBy?.nodes[0]?.name].filter(Boolean).join(' ') },
            { key: 'status', title: t('party.state'), cell: (row) => <>{code('contractStatus', row.status)}{row.inDefault && <em className="tag bad">{t('party.inDefault')}</em>}</> },
            { key: 'debt', title: t('party.debt'), isFigure: true, cell: (row) => format.amount(row.debt, row.currency) },
            { key: 'ratio', title: t('party.ratio'), isFigure: true, cell: (row) => format.percent(row.__typename === 'MarginContract' ? row.maintenanceRatio : row.performanceRatio, 1) },
            { key: 'opened', title: t('party.openedOn'), cell: (row) => format.day(row.openedOn) },
            { key: 'matures', title: t('party.maturesOn'), cell: (row) => format.day(row.maturesOn) },
          ]} />
        </Part>
      </Section>
      <Section title={t('party.events')} question={question}>
        <Part answer={answer} path="node.creditEvents" isEmpty={events.length === 0} empty={t('party.noEvents')}>
          <Table caption={t('party.events')} rows={events} rowKey={(row) => row.id} columns={[
            { key: 'day', title: t('party.day'), cell: (row) => format.day(row.occurredOn) },
            { key: 'kind', title: t('party.kind'), cell: (row) => code('creditEvent', row.kind) },
            { key: 'amount', title: t('party.amount'), isFigure: true, cell: (row) => (row.amount === null || row.amount === undefined ? '' : format.amount(row.amount, row.currency)) },
          ]} />
        </Part>
      </Section>
    </div>
  );
}
