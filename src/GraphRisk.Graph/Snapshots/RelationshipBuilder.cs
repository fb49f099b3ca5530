using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Gathers the relationships of one type and decides which of them hold: of one source's statements on one relationship
/// the latest; for types whose parallels are statements, between two nodes those of the most reliable source only.
/// </summary>
internal sealed class RelationshipBuilder
{
    private readonly RelationshipType type;
    private readonly List<Statement> statements = [];
    private readonly Dictionary<(FactId Element, int Source), int> latest = [];
    private readonly ColumnBuilder?[] columns;

    public RelationshipBuilder(RelationshipType type)
    {
        this.type = type;
        columns = new ColumnBuilder?[type.Fields.Length];
    }

    private readonly record struct Statement(int From, int To, int Source, bool Holds, decimal Reliability, long Since);

    public void Add(int from, int to, RelationshipFact fact, int source, bool holds)
    {
        var since = fact.Validity.From.ToUnixTimeMilliseconds();
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, (FactId.OfElement(fact), source), out var exists);
        if (exists && statements[known].Since > since) return;
        var row = exists ? known : statements.Count;
        known = row;
        var statement = new Statement(from, to, source, holds, fact.Provenance.Reliability, since);
        if (exists) statements[row] = statement;
        else statements.Add(statement);
        foreach (var field in type.Fields)
        {
            if (!fact.Properties.TryGet(field.Name, out var value))
            {
                if (exists) columns[field.Ordinal]?.Clear(row);
                continue;
            }

            var column = columns[field.Ordinal] ??= new ColumnBuilder(field);
            if (exists) column.Clear(row);
            column.Offer(row, value, 0);
        }
    }

    public RelationshipTable Build(int nodeCount)
    {
        var kept = Kept();
        var from = new int[kept.Length];
        var to = new int[kept.Length];
        for (var i = 0; i < kept.Length; i++) (from[i], to[i]) = (statements[kept[i]].From, statements[kept[i]].To);
        var forward = Csr.Build(nodeCount, from, to, out var order);
        var starts = new int[kept.Length];
        for (var edge = 0; edge < order.Length; edge++) starts[edge] = from[order[edge]];
        var rows = Array.ConvertAll(order, i => kept[i]);
        var backward = Csr.Build(nodeCount, forward.Targets, starts, out var inEdges);
        return new RelationshipTable(
            type, forward, backward, new Section<int>(inEdges),
            [.. columns.Select(column => column?.Build(rows.Length, rows))]);
    }

    private int[] Kept()
    {
        var holding = Enumerable.Range(0, statements.Count).Where(row => statements[row].Holds);
        return type.Parallel == Parallels.Events
            ? [.. holding]
            : [.. holding.GroupBy(row => (statements[row].From, statements[row].To)).SelectMany(MostReliable).Order()];
    }

    /// <summary>Statements of the source with the highest reliability; among equals of the one that spoke last, then of the one met first.</summary>
    private IEnumerable<int> MostReliable(IEnumerable<int> parallel)
    {
        var best = parallel
            .GroupBy(row => statements[row].Source)
            .OrderByDescending(group => group.Max(row => statements[row].Reliability))
            .ThenByDescending(group => group.Max(row => statements[row].Since))
            .ThenBy(group => group.Key)
            .First();
        return best;
    }
}
