using System.Buffers.Text;
using System.Globalization;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Bulk;

/// <summary>
/// One CSV file of an import with its header in a file beside it. Texts are always quoted, so that the empty text and no
/// value are told apart; elements of a list are separated by the unit separator, U+001F, which no name contains.
/// Two lists have no form in CSV: one of a single empty text reads as none, and an element with a unit separator as two.
/// Both concern what people are shown only; the exact content is in <c>_json</c>.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    private const int BufferLength = 1 << 18;
    private const byte Quote = (byte)'"';
    private const byte Unit = (byte)NativeProperties.UnitSeparator;

    private readonly FileStream stream;
    private byte[] buffer = new byte[BufferLength];
    private int length;
    private bool isFirst = true;

    /// <param name="folder">Folder of the import.</param>
    /// <param name="name">Name without ending.</param>
    /// <param name="columns">Columns in the header's form, such as <c>_seq:long</c>.</param>
    public CsvFile(string folder, string name, IEnumerable<string> columns)
    {
        Name = name;
        File.WriteAllText(Path.Combine(folder, HeaderName), string.Join(',', columns) + "\n");
        stream = new FileStream(Path.Combine(folder, DataName), FileMode.Create, FileAccess.Write, FileShare.Read, 1);
    }

    /// <summary>Name without ending.</summary>
    public string Name { get; }

    /// <summary>File of the header.</summary>
    public string HeaderName => $"{Name}-header.csv";

    /// <summary>File of the rows.</summary>
    public string DataName => $"{Name}.csv";

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes written.</summary>
    public long Bytes => stream.Position + length;

    /// <summary>Whether any text has a line break in it.</summary>
    public bool HasLineBreaks { get; private set; }

    /// <summary>Bytes of the longest text.</summary>
    public int LongestText { get; private set; }

    /// <summary>A text, or no value.</summary>
    public void Put(string? text)
    {
        Separate();
        if (text is null) return;
        Reserve((Encoding.UTF8.GetMaxByteCount(text.Length) * 2) + 2);
        buffer[length++] = Quote;
        PutInQuotes(text);
        buffer[length++] = Quote;
    }

    /// <summary>A number, or no value.</summary>
    public void Put(long? number)
    {
        Separate();
        if (number is not { } given) return;
        Reserve(20);
        Utf8Formatter.TryFormat(given, buffer.AsSpan(length), out var written);
        length += written;
    }

    /// <summary>A value of <see cref="NativeProperties"/> in the form of the column that <see cref="ColumnOf"/> gives its field, or no value.</summary>
    public void Put(object? value)
    {
        switch (value)
        {
            case null: Separate(); break;
            case string text: Put(text); break;
            case long number: Put((long?)number); break;
            case double number: PutBare(number.ToString("R", CultureInfo.InvariantCulture)); break;
            case bool truth: PutBare(PropertyText.Of(PropertyValue.Of(truth))); break;
            case DateOnly day: PutBare(PropertyText.Of(PropertyValue.Of(day))); break;
            case DateTimeOffset instant: PutBare(PropertyText.Of(PropertyValue.Of(instant))); break;
            case IEnumerable<string> list: PutList(list); break;
            default: throw new ArgumentException($"A value of type {value.GetType()} has no column.", nameof(value));
        }
    }

    /// <summary>The header's form of a field.</summary>
    public static string ColumnOf(Field field) => field.Name + field.Kind switch
    {
        FieldKind.Integer => ":long",
        FieldKind.Decimal => ":double",
        FieldKind.Boolean => ":boolean",
        FieldKind.Date => ":date",
        FieldKind.DateTime => ":datetime",
        FieldKind.StringList => ":string[]",
        _ => ":string",
    };

    /// <summary>Ends a row.</summary>
    public void EndRow()
    {
        Reserve(1);
        buffer[length++] = (byte)'\n';
        isFirst = true;
        Rows++;
        if (length >= BufferLength / 2) Flush();
    }

    public void Dispose()
    {
        Flush();
        stream.Dispose();
    }

    private void PutBare(string text)
    {
        Separate();
        Reserve(text.Length);
        length += Encoding.ASCII.GetBytes(text, buffer.AsSpan(length));
    }

    private void PutList(IEnumerable<string> list)
    {
        Separate();
        var start = true;
        foreach (var text in list)
        {
            Reserve((Encoding.UTF8.GetMaxByteCount(text.Length) * 2) + 2);
            buffer[length++] = start ? Quote : Unit;
            start = false;
            PutInQuotes(text);
        }

        if (start) return;
        Reserve(1);
        buffer[length++] = Quote;
    }

    /// <summary>A text with its quotes doubled; there is room for it.</summary>
    private void PutInQuotes(string text)
    {
        var start = length;
        length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));
        var written = buffer.AsSpan(start, length - start);
        LongestText = Math.Max(LongestText, written.Length);
        HasLineBreaks |= written.IndexOfAny((byte)'\n', (byte)'\r') >= 0;
        var quotes = written.Count(Quote);
        for (var (from, to) = (length - 1, length - 1 + quotes); to > from; from--)
        {
            buffer[to--] = buffer[from];
            if (buffer[from] == Quote) buffer[to--] = Quote;
        }

        length += quotes;
    }

    private void Separate()
    {
        if (!isFirst)
        {
            Reserve(1);
            buffer[length++] = (byte)',';
        }

        isFirst = false;
    }

    private void Reserve(int more)
    {
        if (length + more > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + more));
    }

    private void Flush()
    {
        stream.Write(buffer, 0, length);
        length = 0;
    }
}
