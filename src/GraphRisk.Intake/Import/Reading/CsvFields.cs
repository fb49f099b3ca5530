namespace GraphRisk.Intake.Import.Reading;

/// <summary>How a delimited file is written.</summary>
/// <param name="Delimiter">Character between fields.</param>
/// <param name="Quoted">Fields may stand in double quotes after RFC 4180; otherwise a quote is a character like any other.</param>
public readonly record struct CsvLayout(char Delimiter, bool Quoted);

/// <summary>
/// Splits one record into fields, strictly after RFC 4180: a quote opens a field only at its start, is doubled inside,
/// and only a delimiter or the end may follow the closing one. What deviates is a fault, not a guess.
/// </summary>
public sealed class CsvFields
{
    private readonly CsvLayout layout;
    private int[] starts = new int[32];
    private int[] lengths = new int[32];
    private string?[] unescaped = new string?[32];
    private char[] text = [];

    public CsvFields(CsvLayout layout) => this.layout = layout;

    /// <summary>Number of fields found.</summary>
    public int Count { get; private set; }

    /// <summary>Whether nothing stands in any field.</summary>
    public bool IsBlank
    {
        get
        {
            for (var i = 0; i < Count; i++)
                if (!this[i].IsWhiteSpace()) return false;
            return true;
        }
    }

    /// <summary>A field, without its quotes.</summary>
    public ReadOnlySpan<char> this[int index] => unescaped[index] is { } value ? value : text.AsSpan(starts[index], lengths[index]);

    /// <summary>Splits the beginning of a buffer; returns what is wrong, or null.</summary>
    public string? Split(char[] buffer, int length)
    {
        text = buffer;
        Count = 0;
        var at = 0;
        while (true)
        {
            if (layout.Quoted && at < length && buffer[at] == '"')
            {
                if (ReadQuoted(ref at, length) is { } fault) return fault;
            }
            else if (ReadPlain(ref at, length) is { } fault)
            {
                return fault;
            }

            if (at >= length) return null;
            at++;
        }
    }

    private string? ReadPlain(ref int at, int length)
    {
        var rest = text.AsSpan(at, length - at);
        var stop = rest.IndexOf(layout.Delimiter);
        var size = stop < 0 ? rest.Length : stop;
        if (layout.Quoted && rest[..size].Contains('"')) return $"has a quote inside field {Count + 1}, which is not quoted";
        Add(at, size, null);
        at += size;
        return null;
    }

    private string? ReadQuoted(ref int at, int length)
    {
        var first = at + 1;
        var doubled = false;
        for (var i = first; ;)
        {
            var found = text.AsSpan(i, length - i).IndexOf('"');
            if (found < 0) return $"has a quote in field {Count + 1} that nothing closes";
            i += found + 1;
            if (i < length && text[i] == '"')
            {
                doubled = true;
                i++;
                continue;
            }

            if (i < length && text[i] != layout.Delimiter) return $"goes on behind the closing quote of field {Count + 1}";
            var size = i - 1 - first;
            Add(first, size, doubled ? new string(text, first, size).Replace("\"\"", "\"", StringComparison.Ordinal) : null);
            at = i;
            return null;
        }
    }

    private void Add(int start, int length, string? value)
    {
        if (Count == starts.Length)
        {
            Array.Resize(ref starts, Count * 2);
            Array.Resize(ref lengths, Count * 2);
            Array.Resize(ref unescaped, Count * 2);
        }

        (starts[Count], lengths[Count], unescaped[Count]) = (start, length, value);
        Count++;
    }
}
