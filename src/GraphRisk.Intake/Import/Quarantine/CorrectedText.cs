using System.Text;
using System.Text.Unicode;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Quarantine;

/// <summary>
/// The encoding of a mended record: whatever an editor saved it in. UTF-16 and the mark of UTF-8 are seen and taken off; bytes
/// that are UTF-8 are read so; all others are of the encoding of the file they were taken from.
/// </summary>
internal static class CorrectedText
{
    /// <summary>The record's bytes, without mark and line end, and their encoding.</summary>
    public static (byte[] Bytes, FileEncoding Encoding) Of(byte[] saved, FileEncoding before)
    {
        if (saved.AsSpan().StartsWith(Encoding.Unicode.Preamble)) return (Trim(Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(saved, 2, saved.Length - 2))), FileEncoding.Utf8);
        if (saved.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble))
            return (Trim(Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(saved, 2, saved.Length - 2))), FileEncoding.Utf8);
        var bytes = Trim(saved.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? saved[3..] : saved);
        return (bytes, Utf8.IsValid(bytes) ? FileEncoding.Utf8 : before);
    }

    private static byte[] Trim(byte[] bytes) => bytes.AsSpan().TrimEnd("\r\n"u8).ToArray();
}
