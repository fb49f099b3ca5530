import { useSearchParams } from 'react-router';
import { useAnswer, refusalAt, type Answer } from '../api/answer';
import { ShellDocument } from '../api/generated/graphql';
import { Choice } from '../app/Choice';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Empty, Loading, Part } from '../app/states';
import { useSession } from '../session/session';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import type { Asked, Board, BoardPart, Words } from './board';
import { type BoardChoice, type Chosen, chosenOf, choosing } from './choices';

/** What the page's figures and codes are told in. */
export function useWords(): Words {
  return { t: useText().t, code: useCode(), format: useFormat() };
}

/** The instants of the page and the day they come to; null until the last day of the sources is known. */
export function useAsked(): Asked | null {
  const { language } = useText();
  const [times] = useTimes();
  const { viewer } = useSession();
  const shell = useAnswer(ShellDocument, {});
  const day = times.asOf ?? shell.data?.store?.stamp.dataUntil ?? null;
  return day === null ? null : { ...times, day, role: viewer?.role ?? null, language: language === 'zh' ? 'ZH' : 'EN' };
}

/** A board of the table: what it can be asked by at its top, each part below as a chart with its table. */
export function BoardView<Data, Variables extends object>({ id, board }: { id: string; board: Board<Data, Variables> }) {
  const asked = useAsked();
  return asked === null ? <Loading /> : <Answered id={id} board={board} asked={asked} />;
}

function Answered<Data, Variables extends object>({ id, board, asked }: { id: string; board: Board<Data, Variables>; asked: Asked }) {
  const words = useWords();
  const [search, setSearch] = useSearchParams();
  const choices = board.choices(words, asked);
  const chosen = chosenOf(choices, search);
  const variables = board.variables(chosen, asked);
  const answer = useAnswer(board.document, variables);
  const question = { document: board.document as never, variables };
  const parts = answer.data === null ? [] : eachRefusalOnce(answer, board.parts(answer.data, chosen, words));
  return (
    <>
      <Section isPage title={words.code('board', id)} question={question} note={answer.data !== null && board.note?.(answer.data, words)}>
        {choices.length > 0 && <Choices choices={choices} chosen={chosen} choose={(choice, value) => setSearch((before) => choosing(before, choice, value), { replace: true })} />}
        {parts.length === 0 && <Part answer={answer} path={board.path} isEmpty>{null}</Part>}
      </Section>
      {parts.map((part) => (
        <Section key={part.key} title={part.title} note={part.note} question={question}>
          {isAbsent(answer, part) ? <Empty>{part.empty}</Empty> : (
            <Part answer={answer} path={part.path ?? board.path} isEmpty={part.isEmpty} empty={part.empty}>
              <div className={part.chart ? 'board-part' : 'board-part plain'}>
                {part.chart}
                {part.table}
              </div>
            </Part>
          )}
        </Section>
      ))}
    </>
  );
}

/** Whether the server says that there is no such part yet. */
function isAbsent(answer: Answer<unknown>, part: BoardPart): boolean {
  return part.absentBy !== undefined && refusalAt(answer.refusals, part.path!)?.code === part.absentBy;
}

/** What is refused of several parts is said at the first of them. */
function eachRefusalOnce(answer: Answer<unknown>, parts: readonly BoardPart[]): BoardPart[] {
  const said = new Set<unknown>();
  return parts.filter((part) => {
    const refusal = part.path === undefined ? null : refusalAt(answer.refusals, part.path);
    if (refusal === null) return true;
    const isFirst = !said.has(refusal);
    said.add(refusal);
    return isFirst;
  });
}

/** What a board can be asked by. */
export function Choices({ choices, chosen, choose }: { choices: readonly BoardChoice[]; chosen: Chosen; choose: (choice: BoardChoice, value: string) => void }) {
  const { t } = useText();
  return (
    <div className="controls" role="group" aria-label={t('board.askedBy')}>
      {choices.map((choice) => choice.options
        ? <Choice key={choice.name} isLabelShown label={choice.label} value={chosen[choice.name]!} options={choice.options} onChange={(value) => choose(choice, value)} />
        : <label key={choice.name} className="choice">{choice.label} <input type="date" value={chosen[choice.name]} onChange={(event) => choose(choice, event.target.value)} /></label>)}
    </div>
  );
}
