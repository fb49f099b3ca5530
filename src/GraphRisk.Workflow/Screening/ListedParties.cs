using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Matching.Screening;

namespace GraphRisk.Workflow.Screening;

/// <summary>The parties of a snapshot that stand on a list of sanctions in force, as entries: id of an entry is that of the party.</summary>
public static class ListedParties
{
    private const string Sanction = "SANCTION";

    /// <summary>The entries, in the order of the parties.</summary>
    public static ImmutableArray<ListEntry> Of(MarketReading market, WorkMeter meter)
    {
        var entries = ImmutableArray.CreateBuilder<ListEntry>();
        var listed = market.Snapshot.Relationship("LISTED_AS").Out;
        for (var party = 0; party < market.Parties.Count; party++)
        {
            var node = market.Parties.NodeOf(party);
            if (!market.Snapshot.Nodes.IsNode(node) || listed.Degree(node) == 0) continue;
            meter.ChargeNode(listed.Degree(node));
            var lists = market.Records.EntriesInForce(node).Where(entry => entry.Kind == Sanction).Select(entry => entry.Entry).ToList();
            if (lists.Count > 0 && EntryOf(market.Snapshot, node) is { } entry)
                entries.Add(entry with { Lists = Texts(market.Snapshot, lists, "list"), Programme = string.Join("; ", Texts(market.Snapshot, lists, "reference")) is { Length: > 0 } references ? references : null });
        }

        return entries.ToImmutable();
    }

    /// <summary>A party as an entry; null where it has no name.</summary>
    public static ListEntry? EntryOf(Snapshot snapshot, int node) =>
        PartyEntries.Of(snapshot.Nodes.IdOf(node).ToString(), snapshot.Nodes.TypeOf(node), field => snapshot.Nodes.Get(node, field));

    private static ImmutableArray<string> Texts(Snapshot snapshot, List<int> lists, string field) =>
        [.. lists.Select(list => snapshot.Nodes.GetString(list, field)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
