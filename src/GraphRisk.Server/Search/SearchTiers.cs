using GraphRisk.Matching.Names;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Spans;

namespace GraphRisk.Server.Search;

/// <summary>
/// The ways to match, best first: which query finds them, the score of the best and how far it falls within the tier.
/// </summary>
internal static class SearchTiers
{
    /// <summary>Part of the words of a query that a text must have, when it has more than two.</summary>
    private const double PartOfWords = 0.7;

    public static IReadOnlyList<SearchTier> All { get; } =
    [
        new(SearchMatch.Identifier, 1.00, 0.00, text => Term(IndexedText.Identifier, SearchText.IdentifierKey(text))),
        new(SearchMatch.Exact, 1.00, 0.00, text => Term(IndexedText.Key, SearchText.Key(text))),
        new(SearchMatch.Prefix, 0.95, 0.15, text => Prefix(IndexedText.Key, SearchText.Key(text))),
        new(SearchMatch.Pinyin, 0.80, 0.00, text => Term(IndexedText.Pinyin, Latin(text))),
        new(SearchMatch.PinyinPrefix, 0.75, 0.15, text => Prefix(IndexedText.Pinyin, Latin(text))),
        new(SearchMatch.Within, 0.70, 0.20, Within),
        new(SearchMatch.PinyinWithin, 0.55, 0.00, PinyinWithin),
        new(SearchMatch.Initials, 0.50, 0.00, text => Term(IndexedText.Initials, Latin(text))),
        new(SearchMatch.Words, 0.45, 0.40, Words),
    ];

    private static string Latin(string text) => Pinyin.Typed(SearchText.Key(text));

    private static TermQuery? Term(string field, string key) => key.Length == 0 ? null : new TermQuery(new Term(field, key));

    private static PrefixQuery? Prefix(string field, string key) => key.Length == 0 ? null : new PrefixQuery(new Term(field, key));

    private static BooleanQuery? Words(string text)
    {
        var query = new BooleanQuery();
        foreach (var word in Split(SearchText.Fold(text), IndexedText.Words).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) query.Add(new TermQuery(new Term(IndexedText.Words, word)), Occur.SHOULD);
        var count = query.Clauses.Count;
        if (count == 0) return null;
        query.MinimumNumberShouldMatch = count <= 2 ? count : (int)Math.Ceiling(PartOfWords * count);
        return query;
    }

    /// <summary>How much of the narrowest place that has all of what was typed, in its order, is what was typed; half of it in a legal form.</summary>
    public static double PartWithin(string key, string typed) => Math.Max(Part(LegalForms.WithoutChinese(key), typed), Part(key, typed) / 2);

    private static double Part(string key, string typed)
    {
        var narrowest = int.MaxValue;
        for (var start = key.IndexOf(typed[0], StringComparison.Ordinal); start >= 0; start = key.IndexOf(typed[0], start + 1))
        {
            var (at, matched) = (start, 0);
            for (; at < key.Length && matched < typed.Length; at++)
                if (key[at] == typed[matched]) matched++;
            if (matched == typed.Length) narrowest = Math.Min(narrowest, at - start);
        }

        return narrowest == int.MaxValue ? 0 : (double)typed.Length / narrowest;
    }

    /// <summary>Characters one by one in their order, with as many others between as were typed.</summary>
    private static SpanQuery? Within(string text)
    {
        var folded = SearchText.Fold(text);
        if (!HanScript.ContainsHan(folded)) return null;
        SpanQuery[] terms = [.. Split(folded, IndexedText.Characters).Select(word => new SpanTermQuery(new Term(IndexedText.Characters, word)))];
        return terms.Length > 1 ? new SpanNearQuery(terms, terms.Length, true) : terms[0];
    }

    /// <summary>Every way to cut what was typed into syllables, the last of which may have been begun only.</summary>
    private static BooleanQuery? PinyinWithin(string text)
    {
        var query = new BooleanQuery();
        foreach (var syllables in PinyinSyllables.Cut(Latin(text)).Where(cut => cut.Length > 1))
        {
            var terms = syllables.Select(syllable => new Term(IndexedText.Syllables, syllable)).ToList();
            var begun = new SpanMultiTermQueryWrapper<PrefixQuery>(new PrefixQuery(terms[^1]));
            query.Add(new SpanNearQuery([.. terms.SkipLast(1).Select(term => new SpanTermQuery(term)), begun], 0, true), Occur.SHOULD);
        }

        return query.Clauses.Count == 0 ? null : query;
    }

    private static List<string> Split(string folded, string field)
    {
        using var analyzer = new NameAnalyzer();
        using var tokens = analyzer.GetTokenStream(field, folded);
        var term = tokens.GetAttribute<ICharTermAttribute>();
        var words = new List<string>();
        tokens.Reset();
        while (tokens.IncrementToken()) words.Add(term.ToString()!);
        tokens.End();
        return words;
    }
}

/// <summary>One way to match.</summary>
/// <param name="Match">Its name.</param>
/// <param name="Best">Score of a text that was typed whole.</param>
/// <param name="Fall">How much lower the score of a text is of which almost nothing was typed.</param>
/// <param name="Query">The query for what was typed; null where this way does not apply.</param>
internal sealed record SearchTier(SearchMatch Match, double Best, double Fall, Func<string, Query?> Query)
{
    /// <summary>The score of a text of which a part, 0 to 1, was matched.</summary>
    public double Score(double part) => Math.Round(Best - (Fall * (1 - Math.Clamp(part, 0, 1))), 4);
}
