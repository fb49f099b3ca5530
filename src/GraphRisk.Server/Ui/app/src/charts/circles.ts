/** The strongly connected components of a directed graph that are circles: more than one node, or one with an edge to itself (Tarjan 1972). */
export function circles(nodes: Iterable<string>, edges: readonly { from: string; to: string }[]): string[][] {
  const next = new Map<string, string[]>();
  const selves = new Set<string>();
  for (const { from, to } of edges) {
    if (from === to) selves.add(from);
    const ends = next.get(from);
    if (ends) ends.push(to);
    else next.set(from, [to]);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open = new Set<string>();
  const stack: string[] = [];
  const found: string[][] = [];
  // Without recursion: a chain of thousands of parties must not end the page.
  for (const root of nodes) {
    if (index.has(root)) continue;
    const work: { node: string; at: number }[] = [{ node: root, at: 0 }];
    while (work.length > 0) {
      const top = work[work.length - 1]!;
      const { node } = top;
      if (top.at === 0) {
        index.set(node, index.size);
        low.set(node, index.get(node)!);
        stack.push(node);
        open.add(node);
      }
      const ends = next.get(node) ?? [];
      if (top.at < ends.length) {
        const end = ends[top.at++]!;
        if (!index.has(end)) work.push({ node: end, at: 0 });
        else if (open.has(end)) low.set(node, Math.min(low.get(node)!, index.get(end)!));
        continue;
      }
      work.pop();
      const above = work[work.length - 1];
      if (above) low.set(above.node, Math.min(low.get(above.node)!, low.get(node)!));
      if (low.get(node) !== index.get(node)) continue;
      const component: string[] = [];
      for (let member = stack.pop()!; ; member = stack.pop()!) {
        open.delete(member);
        component.push(member);
        if (member === node) break;
      }
      if (component.length > 1 || selves.has(node)) found.push(component.reverse());
    }
  }
  return found;
}
