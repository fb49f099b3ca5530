import { useState } from 'react';
import { Button } from 'react-aria-components';
import { askFile, type FiledQuestion, type GraphForm, graphForms } from '../api/file';
import { useText } from '../text/text';
import { png, save, svgText } from './export';

/** Hands a chart out as a picture, as its table, or as the graph behind it. The file holds what is shown, and nothing the viewer could not read. */
export function Exports({ name, picture, size, table, graph, isDisabled }: {
  name: string; picture: () => SVGSVGElement | null; size: () => { width: number; height: number }; table: () => string; graph?: FiledQuestion; isDisabled: boolean;
}) {
  const { t } = useText();
  const [fault, tell] = useState<string | null>(null);
  const hand = async (kind: 'png' | 'svg' | 'csv' | GraphForm) => {
    if (kind in graphForms) return save(await askFile(graph!, kind as GraphForm), `${name}.${kind === 'bods' ? 'bods.json' : kind}`, graphForms[kind as GraphForm]);
    if (kind === 'csv') return save(table(), `${name}.csv`, 'text/csv;charset=utf-8');
    const drawing = picture();
    if (!drawing) return;
    const { width, height } = size();
    const svg = svgText(drawing, width, height);
    if (kind === 'svg') save(svg, `${name}.svg`, 'image/svg+xml');
    else save(await png(svg, width, height), `${name}.png`, 'image/png');
  };
  const kinds = ['png', 'svg', 'csv', ...(graph ? (Object.keys(graphForms) as GraphForm[]) : [])] as const;
  return (
    <span role="group" aria-label={t('own.export')} className="exports">
      {kinds.map((kind) => (
        <Button key={kind} className="quiet-button" isDisabled={isDisabled} onPress={() => void hand(kind).then(() => tell(null), (error: Error) => tell(error.message))}>{kind.toUpperCase()}</Button>
      ))}
      {fault && <strong className="bad" role="alert">{fault}</strong>}
    </span>
  );
}
