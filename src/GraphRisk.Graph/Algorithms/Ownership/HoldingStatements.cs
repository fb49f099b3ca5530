using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>Reads the statements of HOLDS: share before bounds, votes before equity, indirect ones passed over.</summary>
internal static class HoldingStatements
{
    public static IEnumerable<Holding> Read(RelationshipTable holds)
    {
        var columns = new Columns(holds);
        for (var holder = 0; holder < holds.Out.NodeCount; holder++)
        {
            var (start, end) = holds.Out.Range(holder);
            for (var edge = start; edge < end; edge++)
            {
                if (columns.IsIndirect(edge)) continue;
                var equity = columns.Equity(edge);
                yield return new Holding(holder, holds.Out.Target(edge), equity, columns.Votes(edge) ?? equity);
            }
        }
    }

    private sealed class Columns(RelationshipTable holds)
    {
        private readonly Column? directness = holds.ColumnOf("directness");
        private readonly ValueColumn<decimal>? share = Decimals(holds, "share");
        private readonly ValueColumn<decimal>? shareMin = Decimals(holds, "shareMin");
        private readonly ValueColumn<decimal>? shareMax = Decimals(holds, "shareMax");
        private readonly ValueColumn<decimal>? votes = Decimals(holds, "votes");
        private readonly ValueColumn<decimal>? votesMin = Decimals(holds, "votesMin");
        private readonly ValueColumn<decimal>? votesMax = Decimals(holds, "votesMax");

        public bool IsIndirect(int edge) => directness?.Get(edge)?.AsString() == "INDIRECT";

        public ShareInterval Equity(int edge) => ShareInterval.Read(At(share, edge), At(shareMin, edge), At(shareMax, edge));

        public ShareInterval? Votes(int edge) => (At(votes, edge), At(votesMin, edge), At(votesMax, edge)) is var (exact, low, high)
            && (exact ?? low ?? high) is not null ? ShareInterval.Read(exact, low, high) : null;

        private static ValueColumn<decimal>? Decimals(RelationshipTable holds, string field) =>
            (ValueColumn<decimal>?)holds.ColumnOf(field);

        private static decimal? At(ValueColumn<decimal>? column, int edge) =>
            column is not null && column[edge] is var value && value != column.None ? value : null;
    }
}
