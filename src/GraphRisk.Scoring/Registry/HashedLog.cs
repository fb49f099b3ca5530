using System.Security.Cryptography;
using System.Text;

namespace GraphRisk.Scoring.Registry;

/// <summary>One line of a <see cref="HashedLog"/>.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">The JSON object as it was appended.</param>
/// <param name="Hash">Its hash, as the line states it.</param>
/// <param name="IsWhole">Whether that is the hash of the text and of the line before it.</param>
public sealed record HashedLine(int Number, string Text, string Hash, bool IsWhole);

/// <summary>
/// A file that only grows: one JSON object a line, whose last member <c>hash</c> is SHA-256 over the hash of the line before and the
/// object without it. Whoever changes, removes or adds a line in the middle breaks the chain there, and the line is named. Cut off at
/// its end it still hangs together: that is told by the audit trail, where what is appended is filed too.
/// <para>Open it is one writer's alone; others are refused until it is closed. Reading needs no leave.</para>
/// </summary>
public sealed class HashedLog : IDisposable
{
    private const string Member = ",\"hash\":\"";
    private const int HashDigits = 64;
    private readonly FileStream file;
    private string last = "";

    private HashedLog(FileStream file) => this.file = file;

    /// <summary>Opens the file for appending and reads it through; it is made where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">What it holds.</param>
    /// <exception cref="IOException">Another process has it open, or its last line was not written to its end.</exception>
    public static HashedLog Open(string path, out IReadOnlyList<HashedLine> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var log = new HashedLog(new FileStream(path, options));
        try
        {
            using var reader = new StreamReader(log.file, leaveOpen: true);
            HashedLine[] held = [.. Parse(reader)];
            if (held.Length > 0)
            {
                log.last = held[^1].Hash;
                log.file.Seek(-1, SeekOrigin.End);
                if (log.file.ReadByte() != '\n') throw new IOException($"the last line of {path} was not written to its end");
            }

            log.file.Seek(0, SeekOrigin.End);
            lines = held;
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>The lines of a file, one after another; none where there is no file.</summary>
    public static IEnumerable<HashedLine> Read(string path)
    {
        if (!File.Exists(path)) yield break;
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        foreach (var line in Parse(reader)) yield return line;
    }

    /// <summary>Appends objects, each a line; they are on the disk when it returns.</summary>
    /// <returns>Hash of the last line.</returns>
    public string Append(IEnumerable<string> texts)
    {
        var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        using (writer)
        {
            foreach (var text in texts)
            {
                last = HashOf(last, text);
                writer.WriteLine($"{text[..^1]}{Member}{last}\"}}");
            }
        }

        file.Flush(flushToDisk: true);
        return last;
    }

    public void Dispose() => file.Dispose();

    private static IEnumerable<HashedLine> Parse(TextReader reader)
    {
        var (number, before) = (0, "");
        while (reader.ReadLine() is { } line)
        {
            var at = line.Length - HashDigits - Member.Length - 2;
            var hasHash = at > 0 && line.AsSpan(at).StartsWith(Member, StringComparison.Ordinal);
            var (text, hash) = hasHash ? (line[..at] + "}", line.Substring(at + Member.Length, HashDigits)) : (line, "");
            yield return new HashedLine(++number, text, hash, hasHash && hash == HashOf(before, text));
            before = hash;
        }
    }

    private static string HashOf(string before, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + text)));
}
