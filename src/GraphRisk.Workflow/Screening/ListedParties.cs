using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Matching.Screening;

namespace GraphRisk.Workflow.Screening;

/// <summary>The parties of a snapshot that stand on a list in force that speaks against them (<see cref="GraphRisk.Market.Credit.ListedRecords.Serious"/>), as entries: id of an entry is that of the party.</summary>
public static class ListedParties
{
    /// <summary>
    /// The day as of which lists are asked where none is named: the later of the last day of the data and today. What counts is what is known
    /// now; who was listed since the brokers' last delivery must be found.
    /// </summary>
    /// <param name="dataUntil">Last day the sources have reached in full.</param>
    /// <param name="today">The clock's day.</param>
    public static DateOnly DayOf(DateOnly dataUntil, DateOnly today) => dataUntil > today ? dataUntil : today;

    /// <summary>The entries, in the order of the parties, each with what all of its records say.</summary>
    /// <param name="store">Where the snapshot's records are.</param>
    /// <param name="market">The reading of the snapshot.</param>
    /// <param name="meter">Pays.</param>
    public static ImmutableArray<ListEntry> Of(IGraphStore store, MarketReading market, WorkMeter meter)
    {
        var found = market.Listings(meter).Listed;
        meter.Charge(WorkUnit.Nodes, found.Length);
        var records = PartyRecords.Read(store, market.Snapshot, [.. found.Select(one => one.Party)], meter);
        var entries = ImmutableArray.CreateBuilder<ListEntry>(found.Length);
        foreach (var (node, lists) in found)
            if (records.EntryOf(node) is { } entry)
                entries.Add(entry with
                {
                    Lists = [.. Texts(market.Snapshot, lists, "list").OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                    Programme = Told(Texts(market.Snapshot, lists, "programme")),
                    Authority = Told(Texts(market.Snapshot, lists, "authority")),
                    Reference = Told(Texts(market.Snapshot, lists, "reference")),
                });
        return entries.ToImmutable();
    }

    /// <summary>Texts in one, each once, in order; null where there are none.</summary>
    internal static string? Told(IEnumerable<string?> texts) =>
        string.Join("; ", texts.Where(text => text is { Length: > 0 }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) is { Length: > 0 } told ? told : null;

    private static IEnumerable<string?> Texts(Snapshot snapshot, ImmutableArray<int> lists, string field) => lists.Select(list => snapshot.Nodes.GetString(list, field));
}
