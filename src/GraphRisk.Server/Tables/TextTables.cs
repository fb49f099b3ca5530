using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Server.Tables;

/// <summary>Comma-separated values with a header line (RFC 4180), UTF-8; a text that a spreadsheet would run is made harmless.</summary>
internal sealed class CsvTable : ITableWriter
{
    private readonly IReadOnlyList<TableColumn> columns;
    private readonly StreamWriter to;

    public CsvTable(IReadOnlyList<TableColumn> columns, Stream stream)
    {
        this.columns = columns;
        to = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        to.WriteLine(string.Join(',', columns.Select(column => CsvText.Of(column.Name))));
    }

    public void Write(IReadOnlyList<object?[]> rows)
    {
        foreach (var row in rows) to.WriteLine(string.Join(',', row.Take(columns.Count).Select(Text)));
        to.Flush();
    }

    public void End() => to.Flush();

    public void Dispose() => to.Dispose();

    private static string Text(object? cell) => cell switch
    {
        null => "",
        decimal number => PropertyText.Normal(number).ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => PropertyText.Of(PropertyValue.Of(instant)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => CsvText.Of((string)cell),
    };
}

/// <summary>One JSON object a line (NDJSON), UTF-8; members are named as columns.</summary>
internal sealed class JsonLines(IReadOnlyList<TableColumn> columns, Stream stream) : ITableWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter to = new(stream, Options);

    public void Write(IReadOnlyList<object?[]> rows)
    {
        foreach (var row in rows)
        {
            to.WriteStartObject();
            for (var i = 0; i < columns.Count; i++) WriteCell(columns[i].Name, row[i]);
            to.WriteEndObject();
            to.Flush();
            stream.WriteByte((byte)'\n');
            to.Reset();
        }
    }

    public void End() => stream.Flush();

    public void Dispose() => to.Dispose();

    private void WriteCell(string name, object? cell)
    {
        switch (cell)
        {
            case null: to.WriteNull(name); break;
            case decimal number: to.WriteNumber(name, PropertyText.Normal(number)); break;
            case long number: to.WriteNumber(name, number); break;
            case double number: to.WriteNumber(name, number); break;
            case bool truth: to.WriteBoolean(name, truth); break;
            case DateOnly day: to.WriteString(name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset instant: to.WriteString(name, PropertyText.Of(PropertyValue.Of(instant))); break;
            default: to.WriteString(name, (string)cell); break;
        }
    }
}
