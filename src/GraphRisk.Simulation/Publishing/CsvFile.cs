using System.Globalization;
using System.Text;

namespace GraphRisk.Simulation.Publishing;

/// <summary>
/// A CSV file written row by row: UTF-8 without mark, LF, RFC 4180 quotes only where needed. Cells are appended in the
/// header's order; <see cref="End"/> closes a row and insists that it is full.
/// </summary>
public sealed class CsvFile : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly StreamWriter writer;
    private readonly int columns;
    private readonly string dateFormat;
    private readonly string path;
    private int cells;

    /// <param name="dateFormat">As <see cref="DateOnly.ToString(string)"/> takes it.</param>
    public CsvFile(string path, IReadOnlyList<string> header, string dateFormat = "yyyy-MM-dd")
    {
        this.path = path;
        columns = header.Count;
        this.dateFormat = dateFormat;
        writer = new StreamWriter(path, append: false, Utf8, bufferSize: 8192) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', header));
    }

    public long Rows { get; private set; }

    public CsvFile Text(string? value)
    {
        Separate();
        if (value is null) return this;
        if (value.AsSpan().IndexOfAny(",\"\n\r") < 0) writer.Write(value);
        else writer.Write($"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        return this;
    }

    public CsvFile Whole(long value)
    {
        Span<char> digits = stackalloc char[20];
        value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        return Raw(digits[..length]);
    }

    /// <summary>Yuan and fen; rounded half away from zero.</summary>
    public CsvFile Money(double yuan) => Fixed(yuan, "0.00", 2);

    /// <summary>A fraction to four decimals; empty when not a number.</summary>
    public CsvFile Ratio(double? value) =>
        value is { } ratio && double.IsFinite(ratio) ? Fixed(ratio, "0.0000", 4) : Text(null);

    /// <summary>Percent of capital from parts of a million, without trailing zeros: 333333 is 33.3333.</summary>
    public CsvFile Percent(int millionths) => Text((millionths / 10_000m).ToString("0.####", CultureInfo.InvariantCulture));

    public CsvFile Date(DateOnly? value)
    {
        if (value is not { } date) return Text(null);
        Span<char> text = stackalloc char[10];
        date.TryFormat(text, out var length, dateFormat, CultureInfo.InvariantCulture);
        return Raw(text[..length]);
    }

    public void End()
    {
        if (cells != columns)
            throw new InvalidOperationException($"{path}: a row of {cells} cells under {columns} columns");
        writer.Write('\n');
        cells = 0;
        Rows++;
    }

    public void Dispose() => writer.Dispose();

    private CsvFile Fixed(double value, string format, int decimals)
    {
        Span<char> digits = stackalloc char[32];
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;
        rounded.TryFormat(digits, out var length, format, CultureInfo.InvariantCulture);
        return Raw(digits[..length]);
    }

    private CsvFile Raw(ReadOnlySpan<char> text)
    {
        Separate();
        writer.Write(text);
        return this;
    }

    private void Separate()
    {
        if (cells++ > 0) writer.Write(',');
    }
}
