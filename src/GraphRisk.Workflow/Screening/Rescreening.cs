using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Matching.Screening;

namespace GraphRisk.Workflow.Screening;

/// <summary>A party with what it was found like.</summary>
/// <param name="Party">Its number in the snapshot.</param>
/// <param name="Entry">What its records say of it.</param>
/// <param name="Hits">Entries it may be, the likeliest first.</param>
public readonly record struct ScreenedParty(int Party, ListEntry Entry, ImmutableArray<ScreeningHit> Hits);

/// <summary>What has to be looked at again.</summary>
/// <param name="Changes">What changed of the lists.</param>
/// <param name="News">Parties with news, in the order of their nodes.</param>
/// <param name="Looked">Number of parties that were looked at.</param>
/// <param name="PassedOver">Number of parties that were not, since they are nobody's clients and stand on no list themselves.</param>
public sealed record ScreeningNews(ListChanges Changes, ImmutableArray<ScreenedParty> News, int Looked, int PassedOver);

/// <summary>
/// What has to be looked at again since an earlier knowledge: clients held against entries that are new or say something else, and clients
/// that are new or say something else against all. A client that is listed itself, its record being one with the list's, is held against its own entry
/// too and is it for certain. Nothing is kept between runs: both ends are snapshots, which any version of the store gives again, so a run that
/// failed, or was made twice, misses and doubles nothing. Which parties say something else is looked up only of those of which a fact was recorded
/// since or whose records are others.
/// </summary>
public static class Rescreening
{
    /// <summary>Steps one question costs.</summary>
    public const long StepsOfQuestion = 40_000;

    /// <summary>The parties with news.</summary>
    /// <param name="store">Where the records of both snapshots are.</param>
    /// <param name="before">What was known then.</param>
    /// <param name="now">What is known now.</param>
    /// <param name="lists">The entries of now.</param>
    /// <param name="all">Look at all parties; else at clients.</param>
    /// <param name="within">What of a party's evidence may be used.</param>
    /// <param name="parameters">How lists are asked.</param>
    /// <param name="meter">Pays.</param>
    public static ScreeningNews Run(IGraphStore store, MarketReading before, MarketReading now, ScreeningIndex lists, bool all, Func<ScreeningQuery, ScreeningQuery> within, ScreeningParameters parameters, WorkMeter meter)
    {
        var nodes = now.Snapshot.Nodes;

        // Joined records go by the id they go by now, so that an entry that was joined to another record is none that came or went.
        var changes = ListChanges.Between(ListedParties.Of(store, before, meter).Select(entry => NowOf(entry, nodes)), lists.Entries);
        var listed = lists.Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var clients = now.Parties.Clients().ToHashSet();
        var others = Others(now, clients, listed);
        int[] looked = all ? [.. clients.Concat(others).Order()] : [.. clients.Order()];
        var changed = Changed(store, before.Snapshot, now.Snapshot, looked, meter);
        int[] asked = changes.Added.Count + changes.Changed.Count > 0 ? looked : [.. looked.Where(changed.Contains)];
        var records = PartyRecords.Read(store, now.Snapshot, asked, meter);
        var earlier = PartyRecords.Read(store, before.Snapshot, [.. changed.Select(node => before.Snapshot.Nodes.Find(nodes.IdOf(node))).Where(node => node >= 0).Distinct()], meter);
        var news = ScreeningIndex.Of(lists.Entries.Where(changes.IsNews), meter.Cancellation);
        var found = ImmutableArray.CreateBuilder<ScreenedParty>();
        foreach (var party in asked)
        {
            meter.Charge(1);
            if (records.EntryOf(party) is not { } entry) continue;
            var isNew = changed.Contains(party) && (before.Snapshot.Nodes.Find(nodes.IdOf(party)) is not (>= 0 and var then) || earlier.EntryOf(then)?.Fingerprint() != entry.Fingerprint());
            meter.Charge(StepsOfQuestion);
            var query = within(entry.ToQuery()) with { SameAs = listed.Contains(entry.Id) ? entry.Id : null };

            // Most are like none of the few entries that are news; only who is needs weighing among all.
            if (!isNew && news.Screen(query, parameters with { LeastProbability = 0 }).IsEmpty) continue;
            var hits = lists.Screen(query, parameters, isNew ? null : changes.IsNews);
            if (!hits.IsEmpty) found.Add(new ScreenedParty(party, entry, hits));
        }

        return new ScreeningNews(changes, found.ToImmutable(), looked.Length, all ? 0 : others.Count);
    }

    private static ListEntry NowOf(ListEntry entry, NodeTable nodes) =>
        NodeId.TryParse(entry.Id, out var id) && nodes.Find(id) is >= 0 and var node ? entry with { Id = nodes.IdOf(node).ToString() } : entry;

    /// <summary>Parties that are nobody's clients; a list's own record, which is no other's, is told by its listing.</summary>
    private static List<int> Others(MarketReading market, HashSet<int> clients, HashSet<string> listed) =>
        [.. Enumerable.Range(0, market.Parties.Count).Select(market.Parties.NodeOf).Where(node => market.Snapshot.Nodes.IsNode(node) && !clients.Contains(node)
            && (market.Snapshot.Nodes.MembersOf(node).Length > 1 || !listed.Contains(market.Snapshot.Nodes.IdOf(node).ToString())))];

    /// <summary>Of some parties those that may say something else than before: a fact about one of their records was recorded since, or the records are others.</summary>
    private static HashSet<int> Changed(IGraphStore store, Snapshot before, Snapshot now, int[] parties, WorkMeter meter)
    {
        var changed = new HashSet<int>();
        foreach (var recorded in store.ReadChangesAsync(before.Stamp.Version, meter.Cancellation).ToBlockingEnumerable(meter.Cancellation))
        {
            if (recorded.Version > now.Stamp.Version) break;
            if (recorded.Fact is NodeFact fact && now.Covers(fact) && now.Nodes.Find(fact.Node) is >= 0 and var node) changed.Add(node);
        }

        changed.IntersectWith(parties);
        foreach (var party in parties)
        {
            meter.Charge(WorkUnit.Nodes, 1);
            var then = before.Nodes.Find(now.Nodes.IdOf(party));
            if (then < 0 || !before.Nodes.MembersOf(then).ToHashSet().SetEquals(now.Nodes.MembersOf(party))) changed.Add(party);
        }

        return changed;
    }
}
