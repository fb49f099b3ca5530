using System.Text;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Cli.Input;

/// <summary>A text file that a user names, in the encoding that imports would read it in: UTF-8 or GB 18030, or UTF-16 behind its mark.</summary>
internal static class SourceText
{
    /// <summary>Opens it. A reader throws <see cref="DecoderFallbackException"/> where bytes are not of the encoding; a pipe is taken for UTF-8.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StreamReader Open(string path)
    {
        using (var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1))
            if (!probe.CanSeek) return new StreamReader(path, TextDecoder.StrictEncoding(FileEncoding.Utf8));
        var digest = FileDigest.Of(path);
        return new StreamReader(digest.Open(path), TextDecoder.StrictEncoding(digest.Encoding), detectEncodingFromByteOrderMarks: true);
    }

    /// <summary>All of it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UserErrorException">A byte is not of the encoding.</exception>
    public static string ReadAll(string path)
    {
        try
        {
            using var reader = Open(path);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new UserErrorException($"{path}: a byte is neither of UTF-8 nor of GB 18030.");
        }
    }
}
