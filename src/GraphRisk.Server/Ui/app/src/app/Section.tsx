import type { TypedDocumentNode } from '@urql/core';
import { useId, type ReactNode } from 'react';
import { Question } from './Question';

/** A part of a page under its heading, with the question its figures come from. */
export function Section({ title, note, question, actions, children, className, isPage }: {
  title: string; note?: ReactNode; question?: { document: TypedDocumentNode<never, never>; variables: object }; actions?: ReactNode; children: ReactNode; className?: string;
  /** The heading is that of the whole page. */
  isPage?: boolean;
}) {
  const id = useId();
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <section className={`section ${className ?? ''}`} aria-labelledby={id}>
      <header>
        <Heading id={id}>{title}</Heading>
        {note && <span className="quiet">{note}</span>}
        <span className="space" />
        {actions}
        {question && <Question document={question.document as TypedDocumentNode<unknown, never>} variables={question.variables} />}
      </header>
      {children}
    </section>
  );
}
