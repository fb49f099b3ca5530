using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Search;

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
        new(SearchMatch.Initials, 0.50, 0.00, text => Term(IndexedText.Initials, Latin(text))),
        new(SearchMatch.Words, 0.45, 0.40, Words),
    ];

    private static string Latin(string text) => Pinyin.Typed(SearchText.Key(text));

    private static TermQuery? Term(string field, string key) => key.Length == 0 ? null : new TermQuery(new Term(field, key));

    private static PrefixQuery? Prefix(string field, string key) => key.Length == 0 ? null : new PrefixQuery(new Term(field, key));

    private static BooleanQuery? Words(string text)
    {
        var query = new BooleanQuery();
        foreach (var word in Split(SearchText.Fold(text))) query.Add(new TermQuery(new Term(IndexedText.Words, word)), Occur.SHOULD);
        var count = query.Clauses.Count;
        if (count == 0) return null;
        query.MinimumNumberShouldMatch = count <= 2 ? count : (int)Math.Ceiling(PartOfWords * count);
        return query;
    }

    private static List<string> Split(string folded)
    {
        using var analyzer = new NameAnalyzer();
        using var tokens = analyzer.GetTokenStream(IndexedText.Words, folded);
        var term = tokens.GetAttribute<ICharTermAttribute>();
        var words = new HashSet<string>(StringComparer.Ordinal);
        tokens.Reset();
        while (tokens.IncrementToken()) words.Add(term.ToString()!);
        tokens.End();
        return [.. words.Order(StringComparer.Ordinal)];
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
