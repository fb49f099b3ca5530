using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Matching.Screening;

namespace GraphRisk.Workflow.Screening;

/// <summary>A party with what it was found like.</summary>
/// <param name="Party">Its number in the snapshot.</param>
/// <param name="Hits">Entries it may be, the likeliest first.</param>
public readonly record struct ScreenedParty(int Party, ImmutableArray<ScreeningHit> Hits);

/// <summary>
/// What has to be looked at again since an earlier knowledge: clients held against entries that are new or say something else, and clients
/// that are new or say something else against all. Nothing is kept between runs: both ends are snapshots, which any version of the store gives
/// again, so a run that failed, or was made twice, misses and doubles nothing. A party that stands on a list itself is not news
/// of screening; its own listings tell that.
/// </summary>
public static class Rescreening
{
    /// <summary>Steps one question costs.</summary>
    public const long StepsOfQuestion = 40_000;

    /// <summary>The clients with news, in the order of their nodes, and what changed of the lists.</summary>
    /// <param name="before">What was known then.</param>
    /// <param name="now">What is known now.</param>
    /// <param name="lists">The entries of now.</param>
    /// <param name="within">What of a client's evidence may be used.</param>
    /// <param name="parameters">How lists are asked.</param>
    /// <param name="meter">Pays.</param>
    public static (ListChanges Changes, ImmutableArray<ScreenedParty> News) Run(MarketReading before, MarketReading now, ScreeningIndex lists, Func<ScreeningQuery, ScreeningQuery> within, ScreeningParameters parameters, WorkMeter meter)
    {
        var changes = ListChanges.Between(ListedParties.Of(before, meter), lists.Entries);
        var hasNews = changes.Added.Count + changes.Changed.Count > 0;
        var listed = lists.Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<ScreenedParty>();
        foreach (var client in now.Parties.Clients())
        {
            meter.Charge(1);
            if (ListedParties.EntryOf(now.Snapshot, client) is not { } entry || listed.Contains(entry.Id)) continue;
            var isNew = FingerprintIn(before, now.Snapshot.Nodes.IdOf(client)) != entry.Fingerprint();
            if (!isNew && !hasNews) continue;
            meter.Charge(StepsOfQuestion);
            var hits = lists.Screen(within(entry.ToQuery()), parameters, isNew ? null : changes.IsNews);
            if (!hits.IsEmpty) found.Add(new ScreenedParty(client, hits));
        }

        return (changes, found.ToImmutable());
    }

    private static UInt128? FingerprintIn(MarketReading market, NodeId id) =>
        market.Snapshot.Nodes.Find(id) is >= 0 and var node ? ListedParties.EntryOf(market.Snapshot, node)?.Fingerprint() : null;
}
