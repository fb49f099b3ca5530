import Graph from 'graphology';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import Sigma from 'sigma';
import { colour } from '../app/theme';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import type { LinkMap } from './model';
import { radialPlaces } from './places';

/** Nodes and lines a map is drawn from; WebGL draws it, so it stays quick with thousands of either. */
export function drawnGraph(map: LinkMap, texts: { name: (id: string) => string; kinds: (edge: LinkMap['edges'][number]) => string; size: (id: string) => number }): Graph {
  const graph = new Graph({ type: 'directed', multi: false });
  const places = radialPlaces(map);
  for (const [id] of map.nodes) {
    const place = places.get(id);
    if (place) graph.addNode(id, { ...place, size: texts.size(id), label: texts.name(id) });
  }
  for (const edge of map.edges)
    if (graph.hasNode(edge.from) && graph.hasNode(edge.to)) graph.addEdgeWithKey(edge.id, edge.from, edge.to, { label: texts.kinds(edge), size: edge.isInCircle ? 3 : 2, isInCircle: edge.isInCircle });
  return graph;
}

/** The sign before a name by which what matters most is seen without its colour. */
function signOf(node: { inDefault: boolean; isListed: boolean }, isInCircle: boolean): string {
  return `${node.inDefault ? '■ ' : ''}${node.isListed ? '▲ ' : ''}${isInCircle ? '◎ ' : ''}`;
}

/** Of more parties than this each is drawn small. */
const mostLarge = 2000;

/** So many signs of a name stand in the map; the whole name shows under the pointer and in the table. */
const mostSigns = 15;

/** Writes a name below its node, with the ground around its letters so that lines do not run through them. */
function writeBelow(
  context: CanvasRenderingContext2D, label: string, data: { x: number; y: number; size: number }, settings: { labelSize: number; labelFont: string }, colours: Record<string, string>, isWhole = false,
): void {
  const [name = '', ...figures] = label.split(' · ');
  const signs = [...name];
  const short = isWhole || signs.length <= mostSigns ? name : `${signs.slice(0, mostSigns - 1).join('')}…`;
  context.font = `${settings.labelSize}px ${settings.labelFont}`;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.strokeStyle = colours.surface!;
  context.lineWidth = isWhole ? 7 : 4;
  context.fillStyle = colours.ink!;
  [short, ...figures].forEach((line, row) => {
    const y = data.y + data.size + settings.labelSize * (1 + row * 1.15);
    context.strokeText(line, data.x, y);
    context.fillText(line, data.x, y);
  });
  context.textAlign = 'left';
}

/** The map of linked parties. Whoever uses no pointer has the table beside it, which says the same. */
export function LinkMapPicture({ map, label, chosen, onChoose }: { map: LinkMap; label: string; chosen: string | null; onChoose: (id: string | null) => void }) {
  const { t, language } = useText();
  const code = useCode();
  const format = useFormat();
  const frame = useRef<HTMLDivElement>(null);
  const renderer = useRef<Sigma | null>(null);
  const [fails, tellFail] = useState(false);
  const [era, renew] = useState(0);
  const choose = useRef(onChoose);
  choose.current = onChoose;
  const path = useRef<{ nodes: ReadonlySet<string>; pairs: ReadonlySet<string> } | null>(null);
  const node = chosen === null ? null : map.nodes.get(chosen) ?? null;
  path.current = node && node.path.length > 0
    ? {
      nodes: new Set([map.asked, node.id, ...node.path.flatMap((tie) => [tie.from?.id ?? '', tie.to?.id ?? ''])]),
      pairs: new Set(node.path.flatMap((tie) => [`${tie.from?.id}>${tie.to?.id}`, `${tie.to?.id}>${tie.from?.id}`])),
    } : null;

  useEffect(() => {
    const again = () => renew((now) => now + 1);
    addEventListener('graphrisk-theme', again);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', again);
    return () => {
      removeEventListener('graphrisk-theme', again);
      dark.removeEventListener('change', again);
    };
  }, []);

  useEffect(() => {
    if (!frame.current) return;
    const circled = new Set(map.edges.filter((edge) => edge.isInCircle).flatMap((edge) => [edge.from, edge.to]));
    const debts = [...map.nodes.values()].map((one) => one.debt ?? 0);
    const largest = Math.max(1, ...debts);
    const graph = drawnGraph(map, {
      name: (id) => {
        const one = map.nodes.get(id)!;
        const debt = one.debt ? ` · ${format.amount(one.debt)}` : '';
        return `${signOf(one, circled.has(id))}${one.name ?? t('own.nameless')}${debt}`;
      },
      kinds: (edge) => edge.kinds.map((kind) => code('linkKind', kind)).join(' · '),
      // Thousands lie on each other at any size; small they are drawn sooner.
      size: (id) => (id === map.asked ? 11 : (map.nodes.size > mostLarge ? 2 : 5) + 11 * Math.sqrt((map.nodes.get(id)!.debt ?? 0) / largest)),
    });
    const colours = Object.fromEntries((['ink', 'quiet', 'line', 'accent', 'own', 'bad', 'warn', 'contagion', 'surface'] as const).map((name) => [name, colour(name)]));
    let sigma: Sigma;
    // What lines stand for is written where they can be told apart. Of thousands none is: to go over all of them anew would hold up the frame.
    const namesLines = graph.size <= 2000;
    let isNear = false;
    let pointed: string | null = null;
    try {
      sigma = new Sigma(graph, frame.current, {
        renderEdgeLabels: namesLines,
        hideEdgesOnMove: graph.size > 5000,
        hideLabelsOnMove: graph.order > 2000,
        defaultEdgeType: graph.size > 5000 ? 'line' : 'arrow',
        labelFont: getComputedStyle(document.body).fontFamily,
        labelColor: { color: colours.ink! },
        edgeLabelColor: { color: colours.quiet! },
        edgeLabelSize: 11,
        labelSize: 12,
        labelDensity: 0.9,
        labelGridCellSize: 110,
        labelRenderedSizeThreshold: 5,
        minEdgeThickness: 1,
        stagePadding: 56,
        zIndex: true,
        nodeReducer: (id, data) => {
          const one = map.nodes.get(id)!;
          const isOff = path.current !== null && !path.current.nodes.has(id);
          const plain = id === map.asked ? colours.ink : one.inDefault ? colours.bad : one.isListed ? colours.warn : one.type === 'Person' ? colours.own : colours.accent;
          return { ...data, color: isOff ? colours.line! : plain!, label: isOff ? '' : data.label, forceLabel: id === map.asked || one.inDefault || one.isListed || (path.current?.nodes.has(id) ?? false), zIndex: isOff ? 0 : 1 };
        },
        edgeReducer: (id, data) => {
          const [from, to] = graph.extremities(id);
          const isOn = path.current?.pairs.has(`${from}>${to}`) ?? false;
          const isOff = path.current !== null && !isOn;
          // What a line stands for is written once there is room: on a path that is shown, beside the pointer, and near to.
          const isNamed = isOn || (!isOff && (isNear || from === pointed || to === pointed));
          return {
            ...data, size: isOn ? 3 : data.size, color: isOff ? colours.line! : isOn ? colours.accent! : data.isInCircle ? colours.contagion! : colours.quiet!,
            label: isNamed ? data.label : '', forceLabel: isNamed, zIndex: isOn ? 1 : 0,
          };
        },
        defaultDrawNodeLabel: (context, data, settings) => data.label && writeBelow(context, data.label, data, settings, colours),
        defaultDrawNodeHover: (context, data, settings) => data.label && writeBelow(context, data.label, data, settings, colours, true),
      });
    } catch (error) {
      console.warn(error);
      tellFail(true);
      return;
    }
    renderer.current = sigma;
    sigma.getCamera().on('updated', ({ ratio }) => {
      if (!namesLines || isNear === ratio < 0.5) return;
      isNear = ratio < 0.5;
      sigma.refresh({ skipIndexation: true });
    });
    const point = (id: string | null) => {
      pointed = id;
      if (namesLines) sigma.refresh({ skipIndexation: true });
    };
    sigma.on('enterNode', ({ node: id }) => point(id));
    sigma.on('leaveNode', () => point(null));
    sigma.on('clickNode', ({ node: id }) => choose.current(id));
    sigma.on('clickStage', () => choose.current(null));
    return () => {
      sigma.kill();
      renderer.current = null;
    };
  }, [map, language, era]);

  useEffect(() => void renderer.current?.refresh({ skipIndexation: true }), [chosen]);
  const zoom = (factor: number) => {
    const camera = renderer.current?.getCamera();
    if (camera) void camera.animatedZoom({ factor, duration: 150 });
  };
  return (
    <div className="picture">
      {fails ? <p className="state">{t('chart.withoutGl')}</p> : <div className="map" ref={frame} role="img" aria-label={label} />}
      <div className="picture-tools" role="toolbar" aria-label={t('chart.view')}>
        <Button className="quiet-button" aria-label={t('chart.larger')} onPress={() => zoom(1.4)}>+</Button>
        <Button className="quiet-button" aria-label={t('chart.smaller')} onPress={() => zoom(1 / 1.4)}>−</Button>
        <Button className="quiet-button" onPress={() => void renderer.current?.getCamera().animatedReset({ duration: 150 })}>{t('chart.whole')}</Button>
      </div>
    </div>
  );
}
