using System.Text;
using System.Text.Unicode;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Quarantine;

/// <summary>
/// A mended record, whatever an editor saved it in, in the encoding of the file it was taken from: that is how its header is
/// kept and how others look it up. UTF-16 and the mark of UTF-8 are seen and taken off; bytes that are UTF-8 are read so; all
/// others are taken to be of the file's encoding.
/// </summary>
internal static class CorrectedText
{
    /// <summary>The record's bytes in the file's encoding, without mark and line end.</summary>
    public static byte[] Of(byte[] saved, FileEncoding file)
    {
        if (saved.AsSpan().StartsWith(Encoding.Unicode.Preamble)) return Trim(In(file, Encoding.Unicode.GetString(saved, 2, saved.Length - 2)));
        if (saved.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble)) return Trim(In(file, Encoding.BigEndianUnicode.GetString(saved, 2, saved.Length - 2)));
        var bytes = saved.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? saved[3..] : saved;
        return Trim(Utf8.IsValid(bytes) ? In(file, Encoding.UTF8.GetString(bytes)) : bytes);
    }

    private static byte[] In(FileEncoding file, string text) =>
        (file == FileEncoding.Utf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!).GetBytes(text);

    private static byte[] Trim(byte[] bytes) => bytes.AsSpan().TrimEnd("\r\n"u8).ToArray();
}
