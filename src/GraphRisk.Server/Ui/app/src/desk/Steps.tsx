import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link, useLocation } from 'react-router';
import { useAnswer } from '../api/answer';
import { KeptRecommendationDocument } from '../api/generated/graphql';
import { useTimes } from '../app/times';
import { Question } from '../app/Question';
import { Further, Part } from '../app/states';
import { Name } from '../party/Name';
import { unknown, useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { Advice } from './Advice';
import type { Step } from './CasePage';

/** Everything done in a case, in order: who, when, in which part, what was written, and what lay before whoever decided. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  return (
    <ol className="steps">
      {steps.map((step) => {
        const briefing = step.briefings?.nodes[0];
        return (
          <li key={step.id} id={`step-${step.serial}`}>
            <p className="step-head">
              <strong>{code('caseMove', step.move)}</strong>
              <span className="tag">{code('caseState', step.toState)}</span>
              {step.againstAdvice && <span className="tag warn">{t('case.against')}</span>}
              {step.againstAdvice === false && <span className="tag">{t('case.asAdvised')}</span>}
            </p>
            <p className="quiet">
              {format.instant(step.at)} · {code('casePart', step.part)}{step.person ? <> · <Name>{step.person}</Name></> : null}
              {step.document && <> · {t('case.document')} <Name>{step.document}</Name></>}
            </p>
            {step.reason && <blockquote><Name>{step.reason}</Name></blockquote>}
            <Carried step={step} />
            {briefing && <Briefed briefing={briefing} isOfLine={step.lineTreatment !== null && step.lineTreatment !== undefined} />}
          </li>
        );
      })}
    </ol>
  );
}

/** What a move says beside its reason. */
function Carried({ step }: { step: Step }) {
  const code = useCode();
  const format = useFormat();
  const rows: [string, string | null | undefined][] = [
    ['amount', step.amount === null || step.amount === undefined ? null : format.amount(step.amount)],
    ['annualRate', step.annualRate === null || step.annualRate === undefined ? null : format.percent(step.annualRate)],
    ['lineTreatment', step.lineTreatment && code('lineTreatment', step.lineTreatment)],
    ['nextReviewOn', step.nextReviewOn && format.day(step.nextReviewOn)],
    ['dueOn', step.dueOn && format.day(step.dueOn)],
    ['happenedOn', step.happenedOn && format.day(step.happenedOn)],
    ['assignee', step.assignee],
    ['cause', step.cause && code('complaintCause', step.cause)],
    ['defaultCause', step.defaultCause && code('defaultCause', step.defaultCause)],
    ['rightValue', step.rightValue],
    ['struckOut', step.struckOut ? '✓' : null],
    ['wrongSince', step.wrongSince && format.day(step.wrongSince)],
    ['security', step.security],
    ['quantity', step.quantity === null || step.quantity === undefined ? null : format.count(step.quantity)],
    ['costs', step.costs === null || step.costs === undefined ? null : format.amount(step.costs)],
    ['recovered', step.recovered === null || step.recovered === undefined ? null : format.amount(step.recovered)],
    ['owed', step.owed === null || step.owed === undefined ? null : format.amount(step.owed)],
    ['lossGivenDefault', step.lossGivenDefault === null || step.lossGivenDefault === undefined ? null : format.percent(step.lossGivenDefault)],
  ];
  const said = rows.filter(([, value]) => value);
  if (said.length === 0) return null;
  return <dl className="values">{said.map(([name, value]) => <div key={name}><dt>{code('moveField', name)}</dt><dd><Name>{value}</Name></dd></div>)}</dl>;
}

/** What was recommended to whoever decided, from what was known then: on an application the whole recommendation, in a review how lines of the grade are treated. */
function Briefed({ briefing, isOfLine }: { briefing: NonNullable<NonNullable<Step['briefings']>['nodes'][number]>; isOfLine: boolean }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { pathname } = useLocation();
  const [isOpen, open] = useState(false);
  const then = new URLSearchParams({ ...(briefing.asOf ? { asOf: briefing.asOf.slice(0, 10) } : {}), ...(briefing.knownAt ? { knownAt: briefing.knownAt } : {}) });
  return (
    <div className="briefed">
      <p>
        {t('case.advised')} <strong>{isOfLine ? code('lineTreatment', briefing.advice) : code('advice', briefing.advice)}</strong>{' '}
        <span className="quiet">{t('case.advisedOf', { day: format.day(briefing.asOf), at: format.instant(briefing.knownAt), model: briefing.modelVersion ?? unknown, rules: briefing.rulesVersion ?? unknown })}</span>
      </p>
      <p>
        {!isOfLine && <Button className="quiet-button" aria-expanded={isOpen} onPress={() => open(!isOpen)}>{isOpen ? t('case.hideAdvice') : t('case.showAdvice')}</Button>}{' '}
        <Link to={`${pathname}?${then}`}>{t('case.asKnownThen')}</Link>
      </p>
      {isOpen && <Kept id={briefing.id} />}
    </div>
  );
}

/** The recommendation that lay there, whole. */
function Kept({ id }: { id: string }) {
  const { language } = useText();
  const [times] = useTimes();
  const variables = { id, language: language === 'zh' ? ('ZH' as const) : ('EN' as const), ...times };
  const answer = useAnswer(KeptRecommendationDocument, variables);
  const node = answer.data?.node;
  const kept = node?.__typename === 'Briefing' ? node.recommendation : null;
  return (
    <Part answer={answer} path="node.recommendation" isEmpty={!kept}>
      {kept && <Advice of={kept} />}
      <Further refusals={answer.refusals} />
      <Question document={KeptRecommendationDocument as never} variables={variables} />
    </Part>
  );
}
