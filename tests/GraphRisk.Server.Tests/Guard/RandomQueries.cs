using System.Globalization;
using System.Text;

namespace GraphRisk.Server.Tests.Guard;

/// <summary>Small valid documents, the same for the same seed, with text that tempts a careless tokenizer.</summary>
internal sealed class RandomQueries(int seed)
{
    private static readonly string[] Names = ["a", "b", "on", "query", "fragment", "_c1"];
    private static readonly string[] Arguments = ["(x:1)", "(x:\"}{\\\"\")", "(x:\"\"\"{\\\"\"\"}\"\"\")", "(x:[{k:[1 -2.5e3]}])", "(x:$v)"];
    private static readonly string[] Gaps = [" ", "\n", ", ", " # {{ \" ...\n", "\uFEFF"];
    private readonly Random random = new(seed);
    private int budget;

    public string Next()
    {
        var fragments = random.Next(6);
        var query = new StringBuilder();
        var operations = random.Next(1, 3);
        for (var i = 0; i < operations; i++) Unit(query, Invariant($"query Q{i}($v: [Int!]! = [1] @d)"), 0, fragments);
        for (var i = 0; i < fragments; i++) Unit(query, Invariant($"fragment F{i} on T"), i + 1, fragments);
        return query.ToString();
    }

    /// <summary>The text with a few characters removed, doubled or replaced.</summary>
    public string Mutate(string query)
    {
        var text = new StringBuilder(query);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(3))
            {
                case 0 when text.Length > 1: text.Remove(at, 1); break;
                case 1: text.Insert(at, text[at]); break;
                default: text[at] = "{}()[]\".:@#\\ a1$-"[random.Next(17)]; break;
            }
        }
        return text.ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Unit(StringBuilder query, string head, int firstFragment, int fragments)
    {
        budget = 12;
        query.Append(head);
        Selections(query, 0, firstFragment, fragments);
    }

    private void Selections(StringBuilder query, int depth, int firstFragment, int fragments)
    {
        query.Append('{');
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var nested = budget-- > 0 && depth < 4;
            switch (random.Next(4))
            {
                case 0 when firstFragment < fragments:
                    query.Append(Invariant($"...F{random.Next(firstFragment, fragments)}"));
                    break;
                case 1 when nested:
                    query.Append(random.Next(2) == 0 ? "...on T" : "... @d");
                    Selections(query, depth + 1, firstFragment, fragments);
                    break;
                default:
                    Field(query, depth, nested && random.Next(2) == 0, firstFragment, fragments);
                    break;
            }
            query.Append(Gaps[random.Next(Gaps.Length)]);
        }
        query.Append('}');
    }

    private void Field(StringBuilder query, int depth, bool nested, int firstFragment, int fragments)
    {
        if (random.Next(4) == 0) query.Append(Names[random.Next(Names.Length)]).Append(Gaps[random.Next(Gaps.Length)]).Append(':');
        query.Append(Names[random.Next(Names.Length)]);
        if (random.Next(3) == 0) query.Append(Arguments[random.Next(Arguments.Length)]);
        if (random.Next(5) == 0) query.Append("@d");
        if (nested) Selections(query, depth + 1, firstFragment, fragments);
    }
}
