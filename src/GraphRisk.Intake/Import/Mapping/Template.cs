using System.Collections.Immutable;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>
/// A text with places to fill in: <c>{column}</c>, <c>{source}</c>, and <c>{1}</c> for what the first star of the file
/// pattern stood for. A column may be passed through a filter: <c>{case_no|case}</c>.
/// </summary>
public sealed class Template
{
    private readonly ImmutableArray<Part> parts;

    private Template(string text, ImmutableArray<Part> parts) => (Text, this.parts) = (text, parts);

    private readonly record struct Part(string? Literal, int Column, int Variable, TextFilter? Filter);

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>The columns it needs.</summary>
    public IEnumerable<int> Columns => parts.Where(part => part.Column >= 0).Select(part => part.Column);

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="columnOf">Number of a column, or -1 where there is none of the name.</param>
    /// <param name="stars">Number of stars in the file pattern.</param>
    /// <exception cref="FormatException">A place is not closed or names nothing known.</exception>
    public static Template Parse(string text, Func<string, int> columnOf, int stars)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var literal = open < 0 ? text[at..] : text[at..open];
            if (literal.Length > 0) parts.Add(new Part(literal, -1, -1, null));
            if (open < 0) break;
            var close = text.IndexOf('}', open);
            if (close < 0) throw new FormatException($"'{text}' has a brace that is not closed");
            parts.Add(ReadPlace(text[(open + 1)..close], columnOf, stars));
            at = close + 1;
        }

        return new Template(text, parts.ToImmutable());
    }

    /// <summary>
    /// Fills the template in for a record; null where a column it needs is absent, or a filter finds nothing in it.
    /// <paramref name="missing"/> is then that column.
    /// </summary>
    public string? Render(Record record, FileVariables file, out int missing)
    {
        missing = -1;
        if (parts is [{ Literal: { } only }]) return only;
        var built = new ValueText(stackalloc char[128]);
        foreach (var part in parts)
        {
            if (part.Literal is { } literal)
            {
                built.Append(literal);
            }
            else if (part.Variable >= 0)
            {
                built.Append(file[part.Variable]);
            }
            else
            {
                var value = part.Filter is { } filter ? filter(record[part.Column]) : record[part.Column];
                if (value.IsEmpty)
                {
                    missing = part.Column;
                    return null;
                }

                built.Append(value);
            }
        }

        return built.ToString();
    }

    private static Part ReadPlace(string place, Func<string, int> columnOf, int stars)
    {
        var bar = place.IndexOf('|', StringComparison.Ordinal);
        var name = bar < 0 ? place : place[..bar];
        TextFilter? filter = null;
        if (bar >= 0 && !TextFilters.All.TryGetValue(place[(bar + 1)..], out filter))
            throw new FormatException($"'{place[(bar + 1)..]}' is no filter; there are {string.Join(", ", TextFilters.All.Keys.Order())}");
        if (name == "source") return new Part(null, -1, 0, null);
        if (int.TryParse(name, out var star) && star >= 1 && star <= stars) return new Part(null, -1, star, null);
        var column = columnOf(name);
        return column >= 0 ? new Part(null, column, -1, filter) : throw new FormatException($"'{{{name}}}' names no column");
    }
}

/// <summary>What templates know of a file: its source's name first, then what the stars of the file pattern stood for.</summary>
public sealed record FileVariables(ImmutableArray<string> Values)
{
    public string this[int index] => Values[index];
}
