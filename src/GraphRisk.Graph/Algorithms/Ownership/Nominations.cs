using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// For whom nominees hold. A nominee, or an arrangement of nominees, is the name in the register and nothing else: it votes
/// as told, and what it holds as such is its nominator's. Who that is, ties of the kind <c>nominator</c> (from the nominator to
/// the nominee or the arrangement) say, or of the kind <c>nominee</c> the other way round. Of several nominators each may have
/// anything up to the whole, an equal part at best guess. A nominee whose nominator nobody names holds for itself, since
/// nothing better is known. An arrangement holds nothing but what it holds for others; a person or company only what is stated so.
/// </summary>
internal sealed class Nominations
{
    private readonly Dictionary<int, List<int>> nominators = [];
    private readonly HashSet<int> arrangements = [];

    private Nominations()
    {
    }

    public Nominations(Snapshot snapshot)
    {
        var ties = snapshot.Relationship("RELATED_TO");
        if (ties.ColumnOf("kind") is not { } kinds) return;
        for (var from = 0; from < ties.Out.NodeCount; from++)
        {
            var (start, end) = ties.Out.Range(from);
            for (var edge = start; edge < end; edge++)
            {
                var to = ties.Out.Target(edge);
                if (NomineeTies.RunsFromNominator(kinds.Get(edge)?.AsString()) is not { } forward) continue;
                if (forward) Add(to, from);
                else if (NomineeTies.IsArrangement(snapshot, to)) arrangements.Add(to);
                else Add(from, to);
            }
        }

        foreach (var nominee in nominators.Keys)
            if (NomineeTies.IsArrangement(snapshot, nominee)) arrangements.Add(nominee);
    }

    /// <summary>Nobody holds for another.</summary>
    public static Nominations None { get; } = new();

    /// <summary>Whether a tie of a kind says for whom a nominee holds.</summary>
    public static bool Says(string kind) => NomineeTies.RunsFromNominator(kind) is not null;

    /// <summary>The holding itself, or those for whom it is held.</summary>
    public IEnumerable<Holding> OwnersOf(Holding holding, bool asNominee)
    {
        if (!nominators.TryGetValue(holding.Holder, out var owners) || !(asNominee || arrangements.Contains(holding.Holder))) return [holding];
        if (owners.Count == 1) return [holding with { Holder = owners[0] }];
        return owners.Select(owner => new Holding(owner, holding.Company, holding.Equity.UpTo(owners.Count), holding.Votes.UpTo(owners.Count)));
    }

    private void Add(int nominee, int nominator)
    {
        if (nominee == nominator) return;
        if (!nominators.TryGetValue(nominee, out var known)) nominators.Add(nominee, known = []);
        if (!known.Contains(nominator)) known.Add(nominator);
    }
}
