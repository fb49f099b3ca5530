using System.Collections.Immutable;

namespace GraphRisk.Matching.Screening;

/// <summary>What is new between two editions of lists: what has to be asked again, and what no longer stands.</summary>
/// <param name="Added">Ids of entries that were not there before.</param>
/// <param name="Changed">Ids of entries that say something else than before.</param>
/// <param name="Removed">Ids of entries that are there no more.</param>
public sealed record ListChanges(ImmutableHashSet<string> Added, ImmutableHashSet<string> Changed, ImmutableHashSet<string> Removed)
{
    /// <summary>Whether an entry is new or says something new.</summary>
    public bool IsNews(ListEntry entry) => Added.Contains(entry.Id) || Changed.Contains(entry.Id);

    /// <summary>Holds two editions against each other by the ids of their entries.</summary>
    public static ListChanges Between(IEnumerable<ListEntry> before, IEnumerable<ListEntry> now)
    {
        var old = Editions(before);
        var current = Editions(now);
        return new ListChanges(
            [.. current.Keys.Where(id => !old.ContainsKey(id))],
            [.. current.Where(pair => old.TryGetValue(pair.Key, out var said) && said != pair.Value).Select(pair => pair.Key)],
            [.. old.Keys.Where(id => !current.ContainsKey(id))]);
    }

    /// <summary>What each id says; an id that stands twice says both.</summary>
    private static Dictionary<string, UInt128> Editions(IEnumerable<ListEntry> entries)
    {
        var editions = new Dictionary<string, UInt128>(StringComparer.Ordinal);
        foreach (var entry in entries) editions[entry.Id] = unchecked(editions.GetValueOrDefault(entry.Id) + entry.Fingerprint());
        return editions;
    }
}
