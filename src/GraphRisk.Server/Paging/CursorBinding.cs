using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GraphQL;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Paging;

/// <summary>
/// What a cursor continues: a field with its arguments but those of the page, and the instants it is about. A cursor that is handed to another
/// question would lead somewhere else without a word, so it is refused. The instants of the first page may be left out or named later as its
/// stamp gives them; what became known between two pages that name none does not end the turning.
/// </summary>
/// <param name="Text">The question, as short as a hash; empty where nothing was asked but the list.</param>
/// <param name="NamesAsOf">It names the instant in the world.</param>
/// <param name="NamesKnownAt">It names up to when knowledge counts.</param>
internal readonly record struct CursorBinding(string Text, bool NamesAsOf, bool NamesKnownAt)
{
    private const char End = '|';
    private const int HashBytes = 6;
    private const string Unnamed = "~";

    private static readonly string[] OfPage = ["first", "after", "last", "before", "asOf", "knownAt"];

    /// <summary>The question a field is asked by.</summary>
    public static CursorBinding Of(IResolveFieldContext context)
    {
        var text = new StringBuilder(context.FieldDefinition.Name);
        foreach (var (name, argument) in context.Arguments ?? new Dictionary<string, GraphQL.Execution.ArgumentValue>())
            if (argument.Value is { } value && !OfPage.Contains(name)) Write(text.Append('\n').Append(name).Append('='), value);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));

        // A field below another takes the instants of that one: its pages are held to one day as if it were named.
        var isDated = context.FieldDefinition.Arguments?.Find("asOf") is not null;
        return new CursorBinding(
            Convert.ToHexStringLower(hash.AsSpan(0, HashBytes)),
            !isDated || context.GetArgument<DateTimeOffset?>("asOf") is not null, isDated && context.GetArgument<DateTimeOffset?>("knownAt") is not null);
    }

    /// <summary>What a cursor of a page begins with.</summary>
    public string Mark(Stamp stamp) => string.Concat(
        Text, End.ToString(), Instant(stamp.AsOf), NamesAsOf ? "" : Unnamed, End.ToString(), NamesKnownAt ? Instant(stamp.KnownAt) : Unnamed, End.ToString());

    /// <summary>What comes after the beginning; null where it has none.</summary>
    /// <exception cref="Http.TypedError">It is of another question.</exception>
    public string? Unmark(string argument, string text, Stamp stamp)
    {
        if (text.Split(End, 4) is not [var question, var asOf, var knownAt, var rest]) return null;
        if (question != Text) throw Problem.BadInput(
            argument, "is a cursor of another question: it continues the list it came from alone, with the same 'where', 'orderBy' and other arguments but those of the page.");
        var isSameDay = asOf.TrimEnd(Unnamed[0]) == Instant(stamp.AsOf) || (!NamesAsOf && asOf.EndsWith(Unnamed, StringComparison.Ordinal));
        var isSameKnowledge = knownAt == Unnamed || knownAt == Instant(stamp.KnownAt);
        return isSameDay && isSameKnowledge ? rest : throw Problem.BadInput(
            argument, "is a cursor of other instants: ask with the asOf and knownAt of the page it came from, which its stamp names.");
    }

    private static string Instant(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>An argument's value; in whichever order the fields of an object were given, it is the same.</summary>
    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case IDictionary<string, object?> map:
                text.Append('{');
                foreach (var (name, inner) in map.OrderBy(one => one.Key, StringComparer.Ordinal)) Write(text.Append(name).Append(':'), inner);
                text.Append('}');
                break;
            case string word:
                text.Append('"').Append(word.Length).Append(':').Append(word);
                break;
            case System.Collections.IEnumerable list:
                text.Append('[');
                foreach (var inner in list) Write(text, inner);
                text.Append(']');
                break;
            default:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture)).Append(',');
                break;
        }
    }
}
