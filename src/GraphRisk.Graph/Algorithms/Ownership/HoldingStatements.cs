using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>Reads the statements of HOLDS: share before bounds, votes before equity, indirect ones passed over, a nominee's as its nominator's, an arrangement's as those of the parties it holds for.</summary>
internal static class HoldingStatements
{
    public static IEnumerable<Holding> Read(Snapshot snapshot, Arrangements arrangements, Nominations nominations)
    {
        var holds = snapshot.Relationship("HOLDS");
        var columns = new Columns(holds);
        for (var holder = 0; holder < holds.Out.NodeCount; holder++)
        {
            var (start, end) = holds.Out.Range(holder);
            for (var edge = start; edge < end; edge++)
            {
                foreach (var part in Read(columns, edge, holder, holds.Out.Target(edge), arrangements, nominations)) yield return part;
            }
        }
    }

    /// <summary>The statements on holdings in some companies, by company.</summary>
    public static IReadOnlyDictionary<int, List<Holding>> ReadIn(Snapshot snapshot, IEnumerable<int> companies, Arrangements arrangements, Nominations nominations)
    {
        var holds = snapshot.Relationship("HOLDS");
        var (columns, found) = (new Columns(holds), new Dictionary<int, List<Holding>>());
        foreach (var company in companies)
            found.Add(company, [.. Into(holds, company).SelectMany(holding => Read(columns, holding.Edge, holding.Holder, company, arrangements, nominations))]);
        return found;
    }

    private static IEnumerable<Holding> Read(Columns columns, int edge, int holder, int company, Arrangements arrangements, Nominations nominations)
    {
        if (columns.IsIndirect(edge)) return [];
        var equity = columns.Equity(edge);
        return nominations.OwnersOf(new Holding(holder, company, equity, columns.Votes(edge) ?? equity), columns.IsNominee(edge)).SelectMany(arrangements.OwnersOf);
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
    public static ImmutableArray<OwnershipFinding> OfArrangements(RelationshipTable holds, Arrangements arrangements) => arrangements.AreNone ? [] : OfArrangements(
        holds, arrangements, Enumerable.Range(0, holds.Out.NodeCount).Where(holder => arrangements.IsUnknown(holder) || arrangements.IsShared(holder)).SelectMany(holder =>
        {
            var (start, end) = holds.Out.Range(holder);
            return Enumerable.Range(start, end - start).Select(edge => (edge, holder, holds.Out.Target(edge)));
        }));

    /// <summary>The same of holdings in some companies.</summary>
    public static ImmutableArray<OwnershipFinding> OfArrangementsIn(RelationshipTable holds, IEnumerable<int> companies, Arrangements arrangements) =>
        arrangements.AreNone ? [] : OfArrangements(holds, arrangements, companies.SelectMany(company => Into(holds, company)));

    /// <summary>Of the pairs between which only an indirect holding is stated those in some companies.</summary>
    public static IEnumerable<(int Holder, int Company)> IndirectIn(RelationshipTable holds, IEnumerable<int> companies)
    {
        var columns = new Columns(holds);
        return companies.SelectMany(company => Into(holds, company)).Where(holding => columns.IsIndirect(holding.Edge)).Select(holding => (holding.Holder, holding.Company));
    }

    private static IEnumerable<(int Edge, int Holder, int Company)> Into(RelationshipTable holds, int company)
    {
        var (start, end) = holds.In.Range(company);
        return Enumerable.Range(start, end - start).Select(place => (holds.InEdge(place), holds.In.Target(place), company));
    }

    private static ImmutableArray<OwnershipFinding> OfArrangements(RelationshipTable holds, Arrangements arrangements, IEnumerable<(int Edge, int Holder, int Company)> holdings)
    {
        var columns = new Columns(holds);
        var (unknown, shared) = (new SortedDictionary<int, int>(), new SortedDictionary<int, int>());
        foreach (var (edge, holder, company) in holdings)
        {
            var counts = arrangements.IsUnknown(holder) ? unknown : arrangements.IsShared(holder) ? shared : null;
            if (counts is not null && !columns.IsIndirect(edge)) counts[company] = counts.GetValueOrDefault(company) + 1;
        }

        return [.. unknown.Select(pair => HoldingCheck.UnknownArrangement(pair.Key, pair.Value)), .. shared.Select(pair => HoldingCheck.SharedArrangement(pair.Key, pair.Value))];
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
