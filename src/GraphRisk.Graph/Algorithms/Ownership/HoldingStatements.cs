using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>Reads the statements of HOLDS: share before bounds, votes before equity, indirect ones passed over, a nominee's as its nominator's, an arrangement's as those of the parties it holds for.</summary>
internal static class HoldingStatements
{
    public static IEnumerable<Holding> Read(Snapshot snapshot, Arrangements arrangements)
    {
        var holds = snapshot.Relationship("HOLDS");
        var columns = new Columns(holds);
        var nominations = new Nominations(snapshot);
        for (var holder = 0; holder < holds.Out.NodeCount; holder++)
        {
            var (start, end) = holds.Out.Range(holder);
            for (var edge = start; edge < end; edge++)
            {
                if (columns.IsIndirect(edge)) continue;
                var equity = columns.Equity(edge);
                var holding = new Holding(holder, holds.Out.Target(edge), equity, columns.Votes(edge) ?? equity);
                foreach (var own in nominations.OwnersOf(holding, columns.IsNominee(edge)))
                    foreach (var part in arrangements.OwnersOf(own)) yield return part;
            }
        }
    }

    /// <summary>
    /// Pairs of holder and company between which only an indirect holding is stated: what it sums up is a chain of others, and
    /// where there is none the statement is of no use.
    /// </summary>
    public static IEnumerable<(int Holder, int Company)> Indirect(RelationshipTable holds)
    {
        var columns = new Columns(holds);
        for (var holder = 0; holder < holds.Out.NodeCount; holder++)
        {
            var (start, end) = holds.Out.Range(holder);
            for (var edge = start; edge < end; edge++)
                if (columns.IsIndirect(edge)) yield return (holder, holds.Out.Target(edge));
        }
    }

    /// <summary>Findings on holdings of arrangements: for whom they hold is not known, or not in which parts.</summary>
    public static IEnumerable<OwnershipFinding> OfArrangements(RelationshipTable holds, Arrangements arrangements)
    {
        var columns = new Columns(holds);
        var (unknown, shared) = (new SortedDictionary<int, int>(), new SortedDictionary<int, int>());
        for (var holder = 0; holder < holds.Out.NodeCount; holder++)
        {
            var counts = arrangements.IsUnknown(holder) ? unknown : arrangements.IsShared(holder) ? shared : null;
            var (start, end) = counts is null ? (0, 0) : holds.Out.Range(holder);
            for (var edge = start; edge < end; edge++)
                if (!columns.IsIndirect(edge)) counts![holds.Out.Target(edge)] = counts.GetValueOrDefault(holds.Out.Target(edge)) + 1;
        }

        return unknown.Select(pair => HoldingCheck.UnknownArrangement(pair.Key, pair.Value)).Concat(shared.Select(pair => HoldingCheck.SharedArrangement(pair.Key, pair.Value)));
    }

    private sealed class Columns(RelationshipTable holds)
    {
        private readonly Column? directness = holds.ColumnOf("directness");
        private readonly Column? nominee = holds.ColumnOf("nominee");
        private readonly Bounded share = new(holds, "share");
        private readonly Bounded votes = new(holds, "votes");

        public bool IsIndirect(int edge) => directness?.Get(edge)?.AsString() == "INDIRECT";

        public bool IsNominee(int edge) => nominee?.Get(edge)?.AsBoolean() == true;

        public ShareInterval Equity(int edge) => share.Read(edge);

        public ShareInterval? Votes(int edge) => votes.IsStated(edge) ? votes.Read(edge) : null;
    }

    /// <summary>A number with its bounds.</summary>
    private sealed class Bounded(RelationshipTable holds, string field)
    {
        private readonly ValueColumn<decimal>? exact = Decimals(holds, field);
        private readonly ValueColumn<decimal>? least = Decimals(holds, $"{field}Min");
        private readonly ValueColumn<decimal>? most = Decimals(holds, $"{field}Max");
        private readonly Column? leastOpen = holds.ColumnOf($"{field}MinOpen");
        private readonly Column? mostOpen = holds.ColumnOf($"{field}MaxOpen");

        public bool IsStated(int edge) => (At(exact, edge) ?? At(least, edge) ?? At(most, edge)) is not null;

        public ShareInterval Read(int edge) =>
            ShareInterval.Read(At(exact, edge), At(least, edge), At(most, edge), IsOpen(leastOpen, edge), IsOpen(mostOpen, edge));

        private static ValueColumn<decimal>? Decimals(RelationshipTable holds, string field) =>
            (ValueColumn<decimal>?)holds.ColumnOf(field);

        private static bool IsOpen(Column? column, int edge) => column?.Get(edge)?.AsBoolean() == true;

        private static decimal? At(ValueColumn<decimal>? column, int edge) =>
            column is not null && column[edge] is var value && value != column.None ? value : null;
    }
}
