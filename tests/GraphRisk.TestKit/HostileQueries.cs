using System.Text;

namespace GraphRisk.TestKit;

/// <summary>Queries made to cost a server far more than they cost to send.</summary>
public static class HostileQueries
{
    public static IReadOnlyDictionary<string, string> ByName { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["5,000 levels"] = Levels(5_000),
        ["5,000 levels of list values"] = ListValues(5_000),
        ["20,000 duplicate fields"] = DuplicateFields(20_000),
        ["25 fragments each spread twice by its predecessor"] = DoublingFragments(25),
        ["1,000 overlapping fragments"] = OverlappingFragments(1_000),
        ["500 aliases"] = Aliases(500),
    };

    public static string Levels(int count) => Repeat("{a", count) + Repeat("}", count);

    public static string ListValues(int count) => "{a(x:" + Repeat("[", count) + Repeat("]", count) + ")}";

    public static string DuplicateFields(int count) => "{" + Repeat("__typename ", count) + "}";

    /// <summary>Expands to 2^count fields.</summary>
    public static string DoublingFragments(int count)
    {
        var query = new StringBuilder("{...F0}");
        for (var i = 0; i < count; i++) query.Append($" fragment F{i} on Query {{...F{i + 1} ...F{i + 1}}}");
        return query.Append($" fragment F{count} on Query {{__typename}}").ToString();
    }

    public static string OverlappingFragments(int count)
    {
        var query = new StringBuilder("{");
        for (var i = 0; i < count; i++) query.Append($"...F{i} ");
        query.Append('}');
        for (var i = 0; i < count; i++) query.Append($" fragment F{i} on Query {{__typename}}");
        return query.ToString();
    }

    public static string Aliases(int count)
    {
        var query = new StringBuilder("{");
        for (var i = 0; i < count; i++) query.Append($"a{i}:__typename ");
        return query.Append('}').ToString();
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();
}
