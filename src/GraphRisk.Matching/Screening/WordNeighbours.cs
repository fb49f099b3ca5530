using System.Runtime.InteropServices;
using GraphRisk.Matching.Names.Similarity;

namespace GraphRisk.Matching.Screening;

/// <summary>
/// Words of all names within a few slips of a word. Words are found by the trigrams they share (a slip spoils three at most), of which only
/// a share of the rarest is needed; those found are then compared letter by letter. Built once; safe for concurrent reads.
/// Memory is that of some eight numbers a word; a question touches at most <see cref="MostTouched"/> words.
/// </summary>
internal sealed class WordNeighbours
{
    private const int MostTouched = 4096;
    private const double LeastShared = 0.3;

    private readonly List<string> words = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, List<int>> byTrigram = [];

    /// <summary>Adds a word; once is enough.</summary>
    public void Add(string word)
    {
        if (!numbers.TryAdd(word, words.Count)) return;
        words.Add(word);
        foreach (var trigram in Trigrams(word).Distinct())
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(byTrigram, trigram, out _);
            (list ??= []).Add(words.Count - 1);
        }
    }

    /// <summary>The words within a few slips, with how alike they are; the word itself is left out.</summary>
    public List<(string Word, double Similarity)> Of(string word)
    {
        var trigrams = Trigrams(word).Distinct().Select(trigram => byTrigram.GetValueOrDefault(trigram)).OfType<List<int>>().OrderBy(list => list.Count).ToList();
        var shared = new Dictionary<int, int>();
        var touched = 0;
        foreach (var list in trigrams)
        {
            if (touched + list.Count > MostTouched && touched > 0) break;
            touched += list.Count;
            foreach (var number in list) CollectionsMarshal.GetValueRefOrAddDefault(shared, number, out _)++;
        }

        var found = new List<(string, double)>();
        var needed = Math.Max(1, (int)(LeastShared * (word.Length + 2)));
        foreach (var (number, count) in shared)
            if (count >= needed && words[number] != word && WordSimilarity.BySlips(word, words[number], Math.Max(word.Length, words[number].Length)) is > 0 and var similarity)
                found.Add((words[number], similarity));
        return found;
    }

    private static IEnumerable<uint> Trigrams(string word)
    {
        var (first, second) = (0u, (uint)'^');
        foreach (var letter in word + "$")
        {
            if (first != 0 || second == '^') yield return (first << 16) ^ (second << 8) ^ letter;
            (first, second) = (second, letter);
        }
    }
}
