using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace GraphRisk.Server.Plans;

/// <summary>
/// Writes JSON byte by byte: commas, braces and names are its user's, values are as <see cref="Utf8JsonWriter"/> has them, which writes what is not plain.
/// Its user calls <see cref="Flush"/> at the end.
/// </summary>
/// <param name="to">Where to.</param>
internal ref struct JsonText(IBufferWriter<byte> to)
{
    private const int LongestNumber = 64;
    private const int Least = 512;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private Span<byte> free;
    private int used;

    /// <summary>Whether a text stands in JSON as it is.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncodeUtf8(text) < 0;

    /// <summary>Writes a byte as it is.</summary>
    public void Raw(byte one)
    {
        Reserve(1);
        free[used++] = one;
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(free[used..]);
        used += bytes.Length;
    }

    /// <summary>Writes a text that <see cref="IsPlain"/>.</summary>
    public void Plain(scoped ReadOnlySpan<byte> text)
    {
        Reserve(text.Length + 2);
        free[used++] = (byte)'"';
        text.CopyTo(free[used..]);
        used += text.Length;
        free[used++] = (byte)'"';
    }

    /// <summary>Writes a text.</summary>
    public void Text(string text)
    {
        Reserve((3 * text.Length) + 2);
        var made = free[(used + 1)..];
        if (Utf8.FromUtf16(text, made, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done && IsPlain(made[..length]))
        {
            free[used] = (byte)'"';
            used += length + 2;
            made[length] = (byte)'"';
            return;
        }

        Other(json => json.WriteStringValue(text));
    }

    public void Null() => Raw("null"u8);

    public void Number(long number)
    {
        Reserve(LongestNumber);
        number.TryFormat(free[used..], out var written, default, CultureInfo.InvariantCulture);
        used += written;
    }

    public void Number(decimal number)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(number, free[used..], out var written);
        used += written;
    }

    /// <summary>Writes what is not plain.</summary>
    public void Other(Action<Utf8JsonWriter> write)
    {
        Flush();
        using var json = new Utf8JsonWriter(to, Options);
        write(json);
    }

    /// <summary>Hands over what was written.</summary>
    public void Flush()
    {
        if (used > 0) to.Advance(used);
        free = default;
        used = 0;
    }

    private void Reserve(int more)
    {
        if (free.Length - used >= more) return;
        Flush();
        free = to.GetSpan(Math.Max(more, Least));
    }
}
