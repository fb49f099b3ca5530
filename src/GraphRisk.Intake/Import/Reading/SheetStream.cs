using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace GraphRisk.Intake.Import.Reading;

/// <summary>
/// The first sheet of a workbook that holds anything, as the UTF-8 CSV it would be saved as: a line a row, days as
/// <c>yyyy-MM-dd</c>, numbers as they are kept and not as they are shown. Rows are made as they are read.
/// </summary>
public sealed class SheetStream : Stream
{
    /// <summary>Columns of a sheet. Every row costs as much as the widest one, and a stray cell in the last column makes all rows wide.</summary>
    private const int MostColumns = 1024;

    private readonly Stream file;
    private readonly IExcelDataReader? reader;
    private readonly StringBuilder line = new();
    private readonly string? fault;
    private byte[] ready = [];
    private int at;

    /// <param name="file">The workbook; closed with this stream.</param>
    public SheetStream(Stream file)
    {
        this.file = file;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            reader = ExcelReaderFactory.CreateReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
            while (reader.RowCount == 0 && reader.NextResult())
            {
            }
        }
        catch (Exception error) when (IsDamage(error))
        {
            fault = $"is a workbook that cannot be read: {error.Message}";
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Whether a file is a workbook: named so and packed so.</summary>
    public static bool Is(string path, ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) && Path.GetExtension(path).Equals(".xlsx", StringComparison.OrdinalIgnoreCase);

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (fault is not null) throw new InvalidDataException(fault);
        if (at == ready.Length && !NextRow()) return 0;
        var taken = Math.Min(count, ready.Length - at);
        ready.AsSpan(at, taken).CopyTo(buffer.AsSpan(offset));
        at += taken;
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            reader?.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsDamage(Exception error) =>
        error is ExcelDataReader.Exceptions.ExcelReaderException or InvalidDataException or System.Xml.XmlException or IOException or FormatException
            or ArgumentException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException or OverflowException;

    private bool NextRow()
    {
        try
        {
            if (reader?.Read() != true) return false;
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw new InvalidDataException($"is a workbook that is damaged from here on: {error.Message}", error);
        }

        if (reader.FieldCount > MostColumns)
            throw new InvalidDataException($"is a sheet of {reader.FieldCount} columns, over the limit of {MostColumns}: clear the cells to the right of the last column");

        line.Clear();
        for (var column = 0; column < reader.FieldCount; column++)
        {
            if (column > 0) line.Append(',');
            var text = TextOf(reader.GetValue(column));
            var plain = text.AsSpan().IndexOfAny(",\"\r\n") < 0;
            line.Append(plain ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }

        if (IsBlank()) line.Clear();
        (ready, at) = (Encoding.UTF8.GetBytes(line.Append('\n').ToString()), 0);
        return true;
    }

    private bool IsBlank()
    {
        for (var i = 0; i < line.Length; i++)
            if (line[i] != ',') return false;
        return true;
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 1e15 => ((decimal)number).ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
