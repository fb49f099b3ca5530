using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// The relationships of one type over a shared table: between the pairs of nodes that a viewer's own facts touch they are
/// decided anew, from all open statements on the pair and the viewer's own; the rows of these nodes are made of that and of what
/// they have towards others. All other rows are shared.
/// </summary>
internal sealed class OverlayTable
{
    private readonly RelationshipTable known;
    private readonly OverlayNodes nodes;
    private readonly DateTimeOffset asOf;
    private readonly HashSet<(int From, int To)> pairs = [];
    private readonly SortedDictionary<long, RelationshipFact> open = [];
    private readonly List<RelationshipFact> own = [];

    public OverlayTable(RelationshipTable known, OverlayNodes nodes, DateTimeOffset asOf)
    {
        this.known = known;
        this.nodes = nodes;
        this.asOf = asOf;
    }

    /// <summary>Adds a statement of the viewer's own.</summary>
    public void AddOwn(RelationshipFact fact)
    {
        pairs.Add((nodes.NodeOf(fact.From), nodes.NodeOf(fact.To)));
        own.Add(fact);
    }

    /// <summary>Adds an open statement on a pair that is decided anew.</summary>
    public void AddOpen(long firstSequence, RelationshipFact fact)
    {
        pairs.Add((nodes.Find(fact.From), nodes.Find(fact.To)));
        open[firstSequence] = fact;
    }

    /// <summary>The pairs that own statements are about and that have relationships in the shared table.</summary>
    public IEnumerable<(int From, int To)> KnownPairs => pairs.Where(pair =>
        pair.From < nodes.SharedCount && pair.To < nodes.SharedCount && known.Out.Neighbours(pair.From).BinarySearch(pair.To) >= 0);

    /// <summary>The table, and the bytes it has of its own.</summary>
    public (RelationshipTable Table, long Bytes) Build(OverlayReads reads)
    {
        if (pairs.Count == 0 && nodes.Count == nodes.SharedCount) return (known, 0);
        var (decided, numbers) = Decide();
        var moved = new Dictionary<int, int>();
        var edges = new List<int>();
        var numberOf = new int[decided.Count];
        var forward = Merge(
            known.Out, decided.Out, numbers, pairs.Select(pair => pair.From), (node, far) => pairs.Contains((node, far)), reads,
            place =>
            {
                moved[place] = known.Count + edges.Count;
                return place;
            },
            place =>
            {
                numberOf[place] = known.Count + edges.Count;
                return ~place;
            },
            edges);
        var inEdges = new List<int>();
        var backward = Merge(
            known.In, decided.In, numbers, pairs.Select(pair => pair.To), (node, far) => pairs.Contains((far, node)), reads,
            place => moved.GetValueOrDefault(known.InEdge(place), known.InEdge(place)),
            place => numberOf[decided.InEdge(place)], inEdges);
        var map = new RowMap(known.Count, [], [.. edges]);
        ImmutableArray<Column?> columns = pairs.Count == 0
            ? known.Columns : [.. known.Columns.Select((column, i) => Column.Patched(column, decided.Columns[i], map))];
        var bytes = forward.Bytes + backward.Bytes + map.Bytes + (4L * inEdges.Count) + (24L * moved.Count)
            + decided.Columns.OfType<Column>().SelectMany(column => column.Parts).Sum(part => part.Section.ByteLength);
        return (known.With(known.Out.With(forward), known.In.With(backward), columns, new TablePatch([.. inEdges], moved)), bytes);
    }

    /// <summary>What holds between the touched pairs, over the touched nodes alone, and what these are numbered otherwise.</summary>
    private (RelationshipTable Table, int[] Numbers) Decide()
    {
        int[] numbers = [.. pairs.SelectMany(pair => (int[])[pair.From, pair.To]).Distinct().Order()];
        int PlaceOf(int node) => Array.BinarySearch(numbers, node);
        var builder = new RelationshipBuilder(known.Type);
        foreach (var fact in open.Values) builder.Add(PlaceOf(nodes.Find(fact.From)), PlaceOf(nodes.Find(fact.To)), fact, fact.Validity.Contains(asOf));
        foreach (var fact in own) builder.Add(PlaceOf(nodes.NodeOf(fact.From)), PlaceOf(nodes.NodeOf(fact.To)), fact, fact.Validity.Contains(asOf));
        return (builder.Build(new Section<int>(new int[numbers.Length + 1])), numbers);
    }

    /// <summary>One direction: the rows of the near ends of touched pairs, and none for nodes that were left empty.</summary>
    /// <param name="shared">The shared rows.</param>
    /// <param name="decided">What was decided anew.</param>
    /// <param name="numbers">The numbers of its nodes.</param>
    /// <param name="near">Near ends of the pairs.</param>
    /// <param name="isDecided">Whether a near and a far end are a pair.</param>
    /// <param name="reads">Counts the work.</param>
    /// <param name="keep">What is noted of a shared place that stays.</param>
    /// <param name="take">What is noted of a decided place.</param>
    /// <param name="notes">The notes in the order of places.</param>
    private CsrPatch Merge(
        Csr shared, Csr decided, int[] numbers, IEnumerable<int> near, Func<int, int, bool> isDecided, OverlayReads reads,
        Func<int, int> keep, Func<int, int> take, List<int> notes)
    {
        int[] rowNodes = [.. near.Concat(nodes.Joined.Keys.Where(node => shared.Degree(node) > 0)).Distinct().Order()];
        var rows = new Dictionary<int, int>(rowNodes.Length);
        var starts = new int[rowNodes.Length + 1];
        var targets = new List<int>();
        var count = shared.EdgeCount;
        for (var row = 0; row < rowNodes.Length; row++)
        {
            var node = rowNodes[row];
            rows.Add(node, row);
            var (from, end) = node < nodes.SharedCount ? shared.Range(node) : (0, 0);
            reads.Spend(end - from);
            count -= end - from;
            var place = Array.BinarySearch(numbers, node);
            var (at, last) = place < 0 ? (0, 0) : decided.Range(place);
            if (nodes.Joined.ContainsKey(node)) from = end;
            while (from < end || at < last)
            {
                var far = from < end ? shared.Target(from) : int.MaxValue;
                if (from < end && (nodes.Joined.ContainsKey(far) || isDecided(node, far)))
                {
                    from++;
                    continue;
                }

                var other = at < last ? numbers[decided.Target(at)] : int.MaxValue;
                notes.Add(far <= other ? keep(from++) : take(at++));
                targets.Add(Math.Min(far, other));
            }

            starts[row + 1] = targets.Count;
        }

        return new CsrPatch(nodes.Count, count + targets.Count, rows, rowNodes, starts, [.. targets]);
    }
}
