using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Screening;

/// <summary>
/// Lists to be asked who stands on them. Every name of every entry is read once into parts with keys (<see cref="NameKeys"/>), and the names that
/// have a key stand under it. A question is answered in three steps:
/// <list type="number">
/// <item>Candidates: the names under the keys of the question's parts, and under words a few slips away (<see cref="WordNeighbours"/>), weighed by
/// how rare each key is; the rarest parts first, so that the work is bounded by <see cref="MostTouched"/> however common a name is.</item>
/// <item>The best <see cref="MostCompared"/> of them, and the entries that have an identifier of the question, are compared by
/// <see cref="NameSimilarity"/>.</item>
/// <item>Each that is alike enough is weighed with what else is known (<see cref="ScreeningWeights"/>), then against the others (<see cref="Rivals"/>).</item>
/// </list>
/// Immutable; safe for concurrent questions. Memory some 2 KB a name.
/// </summary>
public sealed class ScreeningIndex
{
    private const int MostCompared = 40, MostTouched = 20_000;

    private readonly ImmutableArray<ListEntry> entries;
    private readonly List<NameReading> names = [];
    private readonly List<int> entryOf = [];
    private readonly int[] firstOf;
    private readonly Dictionary<string, int> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<ListEntry, int> numberOf = new(ReferenceEqualityComparer.Instance);
    private readonly List<float> weightOf = [];
    private readonly Dictionary<string, List<int>> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> byIdentifier = new(StringComparer.Ordinal);
    private readonly WordNeighbours neighbours = new();
    private readonly ScreeningWeights weights;

    private ScreeningIndex(ImmutableArray<ListEntry> entries, CancellationToken cancellation)
    {
        this.entries = entries;
        firstOf = new int[entries.Length + 1];
        var parts = new List<List<NamePart>>();
        for (var entry = 0; entry < entries.Length; entry++)
        {
            cancellation.ThrowIfCancellationRequested();
            (firstOf[entry], numberOf[entries[entry]], byId[entries[entry].Id]) = (names.Count, entry, entry);
            foreach (var name in entries[entry].Names.Distinct(StringComparer.OrdinalIgnoreCase)) Add(entry, NameReading.Of(name, entries[entry].Kind), parts);
            foreach (var identifier in entries[entry].Identifiers) Under(byIdentifier, ScreeningWeights.NumberOf(identifier)).Add(entry);
        }

        firstOf[^1] = names.Count;
        foreach (var named in parts) weightOf.Add((float)named.Sum(WeightOf));
        weights = new ScreeningWeights(entries, key => byKey.TryGetValue(key, out var list) ? list.Count : 0, names.Count);
    }

    /// <summary>The entries, in the order they were given.</summary>
    public ImmutableArray<ListEntry> Entries => entries;

    /// <summary>Reads lists.</summary>
    public static ScreeningIndex Of(IEnumerable<ListEntry> entries, CancellationToken cancellation = default) => new([.. entries], cancellation);

    /// <summary>The entries that may be the one asked about, the likeliest first.</summary>
    /// <param name="query">Whom the lists are asked about.</param>
    /// <param name="parameters">How.</param>
    /// <param name="among">Entries that count; null for all.</param>
    public ImmutableArray<ScreeningHit> Screen(ScreeningQuery query, ScreeningParameters parameters, Func<ListEntry, bool>? among = null)
    {
        var best = new Dictionary<int, Alike>();
        var same = query.SameAs is { } id && byId.TryGetValue(id, out var known) ? known : -1;
        foreach (var reading in ReadingsOf(query))
        {
            if (same >= 0) CompareAll(same, reading, best);
            foreach (var name in Candidates(NameKeys.Of(reading))) Compare(name, reading, best);
            foreach (var identifier in query.Identifiers)
                foreach (var entry in byIdentifier.GetValueOrDefault(ScreeningWeights.NumberOf(identifier), [])) CompareAll(entry, reading, best);
        }

        var hits = new List<ScreeningHit>();
        foreach (var (entry, alike) in best)
            if (HitOf(query, entries[entry], alike, parameters) is { } hit) hits.Add(hit);
        return [.. Rivals.Weigh(hits).Where(hit => hit.Probability >= parameters.LeastProbability && (among is null || among(hit.Entry))).OrderByDescending(hit => hit.Total).ThenByDescending(hit => hit.Likeness.Score).ThenBy(hit => hit.Entry.Id, StringComparer.Ordinal).Take(parameters.Most)];
    }

    /// <summary>Holds the one asked about against one entry alone, rivals aside; null where that is no hit.</summary>
    /// <param name="query">Whom the entry is held against.</param>
    /// <param name="parameters">How.</param>
    /// <param name="entry">An entry of these lists.</param>
    public ScreeningHit? ScreenOne(ScreeningQuery query, ScreeningParameters parameters, ListEntry entry)
    {
        var (best, number) = (new Dictionary<int, Alike>(), numberOf[entry]);
        foreach (var reading in ReadingsOf(query)) CompareAll(number, reading, best);
        return best.TryGetValue(number, out var alike) ? HitOf(query, entry, alike, parameters) : null;
    }

    private static IEnumerable<NameReading> ReadingsOf(ScreeningQuery query) =>
        query.OtherNames.Prepend(query.Name).Distinct(StringComparer.OrdinalIgnoreCase).Take(ScreeningQuery.MostNames).Select(name => NameReading.Of(name, query.Kind));

    private ScreeningHit? HitOf(ScreeningQuery query, ListEntry entry, Alike alike, ScreeningParameters parameters)
    {
        var hit = new ScreeningHit(entry, alike.Listed.Written, alike.Likeness, weights.Of(query, alike.Asked, entry, alike.Listed, alike.Likeness, parameters));
        return alike.Likeness.Score >= parameters.LeastLikeness || ScreeningWeights.IsCertainOfMore(hit.Points) ? hit : null;
    }

    private void Add(int entry, NameReading reading, List<List<NamePart>> parts)
    {
        var named = NameKeys.Of(reading);
        if (named.Count == 0) return;
        var number = names.Count;
        names.Add(reading);
        entryOf.Add(entry);
        parts.Add(named);
        foreach (var part in named)
        {
            foreach (var (key, _) in part.Keys)
                if (Under(byKey, key) is var list && (list.Count == 0 || list[^1] != number)) list.Add(number);
            if (part.Word is not null) neighbours.Add(part.Word);
        }
    }

    private void Compare(int name, NameReading reading, Dictionary<int, Alike> best)
    {
        if (!MayBe(names[name].Kind, reading.Kind)) return;
        var likeness = NameSimilarity.Compare(reading, names[name]);
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(best, entryOf[name], out var exists);
        if (!exists || likeness.Score > known.Likeness.Score) known = new Alike(likeness, reading, names[name]);
    }

    /// <summary>Compares all names of an entry that has an identifier of the question.</summary>
    private void CompareAll(int entry, NameReading reading, Dictionary<int, Alike> best)
    {
        for (var name = firstOf[entry]; name < firstOf[entry + 1]; name++) Compare(name, reading, best);
    }

    private static bool MayBe(NameKind one, NameKind other) => one == other || one == NameKind.Unknown || other == NameKind.Unknown;

    private List<int> Candidates(List<NamePart> parts)
    {
        var (total, best) = (ArrayPool<float>.Shared.Rent(names.Count), ArrayPool<float>.Shared.Rent(names.Count));
        Array.Clear(total, 0, names.Count);
        Array.Clear(best, 0, names.Count);
        var (seen, touched) = (new List<int>(), 0);
        foreach (var part in parts.OrderByDescending(WeightOf))
        {
            var ofPart = new List<int>();
            foreach (var (key, trust) in part.Keys.Concat(Near(part)))
            {
                if (!byKey.TryGetValue(key, out var list)) continue;
                var isOpen = touched < MostTouched;
                touched += list.Count;
                if (!isOpen && list.Count > MostTouched) continue;
                var weight = (float)(trust * RarityOf(list.Count));
                foreach (var name in CollectionsMarshal.AsSpan(list))
                {
                    if (!isOpen && total[name] == 0) continue;
                    if (best[name] == 0) ofPart.Add(name);
                    best[name] = Math.Max(best[name], weight);
                }
            }

            foreach (var name in ofPart)
            {
                if (total[name] == 0) seen.Add(name);
                total[name] += best[name];
                best[name] = 0;
            }
        }

        var asked = (float)parts.Sum(WeightOf);
        var chosen = new PriorityQueue<int, (float, int)>();
        foreach (var name in seen)
        {
            chosen.Enqueue(name, (total[name] / (asked + weightOf[name] - (total[name] * 0.9f) + 1), -name));
            if (chosen.Count > MostCompared) chosen.Dequeue();
        }

        ArrayPool<float>.Shared.Return(total);
        ArrayPool<float>.Shared.Return(best);
        return [.. chosen.UnorderedItems.Select(item => item.Element).Order()];
    }

    private IEnumerable<(string Key, double Trust)> Near(NamePart part) =>
        part.Word is null ? [] : neighbours.Of(part.Word).Select(near => ($"w{near.Word}", near.Similarity * 0.9));

    /// <summary>How much a part tells: the rarity of its surest key.</summary>
    private double WeightOf(NamePart part) => RarityOf(byKey.TryGetValue(part.Keys[0].Key, out var list) ? list.Count : 1);

    private double RarityOf(int count) => Math.Log2(1 + ((names.Count + 1.0) / count));

    private static List<int> Under(Dictionary<string, List<int>> lists, string key)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _);
        return list ??= [];
    }

    /// <summary>The two names of a question and an entry that are most alike.</summary>
    private readonly record struct Alike(NameAgreement Likeness, NameReading Asked, NameReading Listed);
}
