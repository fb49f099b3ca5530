using System.Collections.Immutable;
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
    private readonly HashedRows rowsOfStatements = new();
    private readonly Gathered<Statement> statements = new();
    private readonly Dictionary<string, int> sources = new(StringComparer.Ordinal);
    private readonly ColumnBuilder?[] columns;

    public RelationshipBuilder(RelationshipType type)
    {
        this.type = type;
        columns = new ColumnBuilder?[type.Fields.Length];
    }

    private readonly record struct Statement(int From, int To, int Source, bool Holds, int Strength, double Reliability, long Since);

    /// <summary>Adds a statement.</summary>
    /// <param name="from">Node it starts at.</param>
    /// <param name="to">Node it ends at.</param>
    /// <param name="fact">The statement; it has begun.</param>
    /// <param name="holds">Whether it has not ended.</param>
    public void Add(int from, int to, RelationshipFact fact, bool holds)
    {
        var since = fact.Validity.From.ToUnixTimeMilliseconds();
        var row = rowsOfStatements.RowOf(FactId.OfStatement(fact), out var added);
        if (!added && statements[row].Since > since) return;
        var statement = new Statement(from, to, NumberOf(fact.Provenance.Source), holds, type.StrengthOf(fact.Properties), (double)fact.Provenance.Reliability, since);
        if (added) statements.Add(statement);
        else statements[row] = statement;
        if (!added)
            foreach (var column in columns) column?.Clear(row);
        for (var i = 0; i < fact.Properties.Count; i++)
        {
            var field = type.GetField(fact.Properties[i].Name);
            (columns[field.Ordinal] ??= ColumnBuilder.For(field)).Set(row, fact.Properties[i].Value);
        }
    }

    /// <summary>The relationships that hold; the builder lets go of each column as it is built.</summary>
    /// <param name="zeros">A zero for each node and one more.</param>
    public RelationshipTable Build(Section<int> zeros)
    {
        var nodeCount = zeros.Length - 1;
        var kept = Kept(nodeCount);
        if (kept.Length == 0) return RelationshipTable.Empty(type, zeros);
        var forward = BuildOut(nodeCount, kept, out var order);
        var starts = new int[kept.Length];
        for (var edge = 0; edge < order.Length; edge++) starts[edge] = statements[kept[order[edge]]].From;
        var rows = Array.ConvertAll(order, i => kept[i]);
        var backward = Csr.Build(nodeCount, forward.Targets, starts, out var inEdges);
        var built = ImmutableArray.CreateBuilder<Column?>(columns.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            built.Add(columns[i]?.Build(rows.Length, rows));
            columns[i] = null;
        }

        return new RelationshipTable(type, forward, backward, new Section<int>(inEdges), built.MoveToImmutable());
    }

    private Csr BuildOut(int nodeCount, int[] rows, out int[] order)
    {
        var from = Array.ConvertAll(rows, row => statements[row].From);
        var to = Array.ConvertAll(rows, row => statements[row].To);
        return Csr.Build(nodeCount, from, to, out order);
    }

    /// <summary>Rows of the statements that hold and are believed, ascending.</summary>
    private int[] Kept(int nodeCount)
    {
        var holding = new Gathered<int>();
        for (var row = 0; row < statements.Count; row++)
            if (statements[row].Holds) holding.Add(row);
        var rows = holding.ToArray();
        if (type.Parallel == Parallels.Events || sources.Count < 2) return rows;

        // Rows with equal ends stand side by side in the order of the forward direction.
        BuildOut(nodeCount, rows, out var order);
        var believed = new bool[statements.Count];
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && SameEnds(rows[order[start]], rows[order[end]])) end++;
            Believe(rows, order.AsSpan(start..end), believed);
        }

        return Array.FindAll(rows, row => believed[row]);
    }

    private bool SameEnds(int left, int right) =>
        statements[left].From == statements[right].From && statements[left].To == statements[right].To;

    /// <summary>
    /// Marks, of statements on one pair of nodes, those of the source that says most (a number before a range before
    /// neither), then of the one with the highest reliability; among equals of the one that spoke last, then of the one met
    /// first among the pair's: what else a source says does not count.
    /// </summary>
    private void Believe(int[] rows, ReadOnlySpan<int> parallel, bool[] believed)
    {
        var bestSource = statements[rows[parallel[0]]].Source;
        var best = RankOf(bestSource, rows, parallel);
        foreach (var i in parallel)
        {
            var source = statements[rows[i]].Source;
            if (source == bestSource) continue;
            var rank = RankOf(source, rows, parallel);
            if (rank.CompareTo(best) > 0) (best, bestSource) = (rank, source);
        }

        foreach (var i in parallel) believed[rows[i]] = statements[rows[i]].Source == bestSource;
    }

    private (int Strength, double Reliability, long Since) RankOf(int source, int[] rows, ReadOnlySpan<int> parallel)
    {
        (int Strength, double Reliability, long Since) rank = (int.MinValue, double.MinValue, long.MinValue);
        foreach (var i in parallel)
        {
            var statement = statements[rows[i]];
            if (statement.Source == source)
                rank = (
                    Math.Max(rank.Strength, statement.Strength), Math.Max(rank.Reliability, statement.Reliability),
                    Math.Max(rank.Since, statement.Since));
        }

        return rank;
    }

    private int NumberOf(string source)
    {
        if (!sources.TryGetValue(source, out var number)) sources.Add(source, number = sources.Count);
        return number;
    }
}
