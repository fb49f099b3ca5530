using System.Text;
using System.Text.Unicode;

namespace GraphRisk.Intake.Import.Reading;

/// <summary>Encodings in which sources deliver.</summary>
public enum FileEncoding
{
    /// <summary>UTF-8, with or without byte-order mark.</summary>
    Utf8,

    /// <summary>GB 18030, of which GBK and GB 2312 are parts.</summary>
    Gb18030,
}

/// <summary>Turns the bytes of a record into characters, strictly: a sequence that the encoding does not know is a fault, never a substitute character.</summary>
public sealed class TextDecoder
{
    private readonly Encoding encoding;
    private readonly FileEncoding kind;
    private char[] text = new char[4096];

    public TextDecoder(FileEncoding kind)
    {
        this.kind = kind;
        encoding = StrictEncoding(kind);
    }

    /// <summary>The characters of the record decoded last.</summary>
    public ReadOnlySpan<char> Text => text.AsSpan(0, Length);

    /// <summary>Buffer of which <see cref="Text"/> is the beginning.</summary>
    public char[] Buffer => text;

    /// <summary>Number of characters decoded last.</summary>
    public int Length { get; private set; }

    /// <summary>The encoding that throws at an invalid sequence.</summary>
    public static Encoding StrictEncoding(FileEncoding kind) => kind == FileEncoding.Utf8
        ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
        : CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>Decodes a record; the fault names the first byte that is not of the encoding.</summary>
    public RecordFault? Decode(ReadOnlySpan<byte> bytes)
    {
        Length = 0;
        if (kind == FileEncoding.Utf8 && !Utf8.IsValid(bytes)) return new RecordFault(null, $"is not UTF-8 at byte {FirstInvalid(bytes)}");
        if (kind == FileEncoding.Gb18030 && IsUtf8(bytes)) return new RecordFault(null, "is UTF-8 in a file of GB 18030");
        if (text.Length < bytes.Length) text = new char[Math.Max(bytes.Length, text.Length * 2)];
        try
        {
            Length = encoding.GetChars(bytes, text);
            return null;
        }
        catch (DecoderFallbackException fault)
        {
            return new RecordFault(null, $"is not {encoding.WebName} at byte {fault.Index}");
        }
    }

    /// <summary>
    /// Whether a record is UTF-8 with Chinese characters. GB 18030 decodes such bytes without complaint, to nonsense; that
    /// its own text forms sequences of three bytes which are all valid UTF-8 hardly happens.
    /// </summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes) => bytes.ContainsAnyInRange((byte)0xE0, (byte)0xEF) && Utf8.IsValid(bytes);

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == System.Buffers.OperationStatus.Done) at += used;
        return at;
    }
}
