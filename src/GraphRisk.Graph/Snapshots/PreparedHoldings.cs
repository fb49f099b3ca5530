using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// The holdings of a snapshot, prepared at the first question and kept with it. A snapshot made of an earlier one by few changes inherits the earlier one's, with
/// the companies in which holdings changed since: these are read anew and everything else is shared. Where something else changed on which holdings rest (a
/// nominee, an arrangement), or very much, nothing is inherited. Thread-safe.
/// </summary>
internal sealed class PreparedHoldings
{
    /// <summary>Companies beyond which holdings are prepared from nothing, and are what later ones inherit.</summary>
    private const int MostCompanies = 500;

    private readonly Lock gate = new();
    private SharedWork<HoldingGraph>? made;
    private Inherited? inherited;

    /// <summary>Holdings of an earlier snapshot, and the companies in which they changed since.</summary>
    private sealed record Inherited(HoldingGraph Root, ImmutableHashSet<int> Companies);

    /// <summary>The holdings.</summary>
    /// <param name="snapshot">Whose they are.</param>
    /// <param name="meter">Pays for the preparation.</param>
    public HoldingGraph Take(Snapshot snapshot, WorkMeter meter)
    {
        SharedWork<HoldingGraph> work;
        lock (gate) work = made ??= new SharedWork<HoldingGraph>(paid => Make(snapshot, paid));
        var holdings = work.Take(meter);
        lock (gate) inherited = null;
        return holdings;
    }

    /// <summary>Notes of which earlier holdings these are made.</summary>
    /// <param name="earlier">The earlier snapshot's.</param>
    /// <param name="companies">The companies of which a holding changed.</param>
    public void Inherit(PreparedHoldings earlier, IEnumerable<int> companies)
    {
        if (earlier.Current() is not { } known) return;
        var all = known.Companies.Union(companies);
        if (all.Count <= MostCompanies && !all.Any(known.Root.Reading!.Arrangements.IsArrangement)) inherited = new Inherited(known.Root, all);
    }

    private Inherited? Current()
    {
        lock (gate)
        {
            if (made is not { IsMade: true }) return inherited;
            var holdings = made.Take(WorkMeter.Unlimited);
            return new Inherited(holdings.Root, [.. holdings.Changed]);
        }
    }

    private HoldingGraph Make(Snapshot snapshot, WorkMeter meter)
    {
        Inherited? from;
        lock (gate) from = inherited;
        if (from is null) return HoldingGraph.Of(snapshot, HoldingParameters.Default, meter);
        var (reading, holds, companies) = (from.Root.Reading!, snapshot.Relationship("HOLDS"), from.Companies.Order().ToList());
        meter.Charge(companies.Sum(company => (long)holds.In.Degree(company)));
        return from.Root.With(
            snapshot.Nodes.Count, HoldingStatements.ReadIn(snapshot, companies, reading.Arrangements, reading.Nominations), HoldingStatements.OfArrangementsIn(holds, companies, reading.Arrangements),
            reading with { Indirect = [.. reading.Indirect.Where(pair => !from.Companies.Contains(pair.Company)), .. HoldingStatements.IndirectIn(holds, companies)] });
    }
}
