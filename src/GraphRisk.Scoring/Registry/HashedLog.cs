using System.Security.Cryptography;
using System.Text;

namespace GraphRisk.Scoring.Registry;

/// <summary>One line of a <see cref="HashedLog"/>.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">The JSON object as it was appended.</param>
/// <param name="Hash">Its hash, as the line states it.</param>
/// <param name="IsWhole">Whether that is the hash of the text and of the line before it.</param>
public sealed record HashedLine(int Number, string Text, string Hash, bool IsWhole)
{
    /// <summary>Whether its object was erased: its hash stands still, so that the chain leads over it.</summary>
    public bool IsErased => Text == HashedLog.Erased;
}

/// <summary>
/// A file that only grows: one JSON object a line, whose last member <c>hash</c> is SHA-256 over the hash of the line before and the
/// object without it. Whoever changes, removes or adds a line in the middle breaks the chain there, and the line is named. Cut off at
/// its end it still hangs together: that is told by the audit trail, where the hash of what is appended is filed too.
/// <para>
/// Open it is one writer's alone; others wait for it a while. Reading needs no leave. What stands behind the last end of a line was
/// being written when its writer died: nobody was told that it was there, so it counts as not written and goes with the next append.
/// </para>
/// </summary>
public sealed class HashedLog : IDisposable
{
    /// <summary>What stands in the place of an object that was erased. Its line keeps the hash it had, on which the next line rests; that it was erased, and no line forged, is filed in the audit trail.</summary>
    internal const string Erased = "{\"erased\":true}";

    private const string Member = ",\"hash\":\"";
    private const int HashDigits = 64;
    private const int Attempts = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream file;
    private string last = "";

    private HashedLog(FileStream file) => this.file = file;

    /// <summary>Opens the file for appending and reads it through; it is made where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">What it holds.</param>
    /// <exception cref="IOException">Another process has had it open for long.</exception>
    public static HashedLog Open(string path, out IReadOnlyList<HashedLine> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var log = new HashedLog(WaitFor(path, options));
        try
        {
            var whole = WholeLength(log.file);
            HashedLine[] held = [.. Parse(new StreamReader(log.file, leaveOpen: true), whole)];
            if (held.Length > 0) log.last = held[^1].Hash;
            log.file.SetLength(whole);
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
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var whole = WholeLength(file);
        foreach (var line in Parse(new StreamReader(file, leaveOpen: true), whole)) yield return line;
    }

    /// <summary>The whole lines of an open file from a place on, each with the place after it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="place">Bytes before the first line wanted.</param>
    /// <param name="before">Hash of the line before it; empty for none.</param>
    /// <param name="number">Number of that line; 0 for none.</param>
    internal static IEnumerable<(HashedLine Line, long End)> ReadFrom(FileStream file, long place, string before, int number)
    {
        var whole = WholeLength(file);
        file.Seek(place, SeekOrigin.Begin);
        return Parse(new StreamReader(file, leaveOpen: true), whole, place, before, number);
    }

    /// <summary>The object of a line as it was appended.</summary>
    internal static string TextOf(string line) => Split(line).Text;

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

    /// <summary>Writes a file anew with the objects of some lines erased.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">The new one.</param>
    /// <param name="isErased">Whether the object of a line goes.</param>
    /// <returns>How many were erased.</returns>
    /// <exception cref="InvalidDataException">The file was altered: nothing is told on its word.</exception>
    public static int WriteErased(string path, Stream target, Func<string, bool> isErased)
    {
        var erased = 0;
        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (var line in Read(path))
        {
            if (!line.IsWhole) throw new InvalidDataException(FormattableString.Invariant($"line {line.Number} of {path} was altered, or a line before it removed"));
            var goes = !line.IsErased && isErased(line.Text);
            if (goes) erased++;
            writer.WriteLine($"{(goes ? Erased : line.Text)[..^1]}{Member}{line.Hash}\"}}");
        }

        return erased;
    }

    public void Dispose() => file.Dispose();

    private static FileStream WaitFor(string path, FileStreamOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
            {
                if (attempt == Attempts) throw new IOException($"{path} is being written by another process: try again when it has ended", error);
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Bytes up to the last end of a line; the file is left at its beginning.</summary>
    private static long WholeLength(FileStream file)
    {
        var buffer = new byte[4096];
        for (var end = file.Length; end > 0; end -= Math.Min(end, buffer.Length))
        {
            var size = (int)Math.Min(end, buffer.Length);
            file.Seek(end - size, SeekOrigin.Begin);
            file.ReadExactly(buffer, 0, size);
            var at = buffer.AsSpan(0, size).LastIndexOf((byte)'\n');
            if (at < 0) continue;
            file.Seek(0, SeekOrigin.Begin);
            return end - size + at + 1;
        }

        file.Seek(0, SeekOrigin.Begin);
        return 0;
    }

    private static IEnumerable<HashedLine> Parse(StreamReader reader, long whole) => Parse(reader, whole, 0, "", 0).Select(one => one.Line);

    private static IEnumerable<(HashedLine Line, long End)> Parse(StreamReader reader, long whole, long read, string before, int number)
    {
        while (read < whole && reader.ReadLine() is { } line)
        {
            read += Encoding.UTF8.GetByteCount(line) + 1;
            var (text, hash) = Split(line);
            yield return (new HashedLine(++number, text, hash, hash.Length > 0 && (text == Erased || hash == HashOf(before, text))), read);
            before = hash;
        }
    }

    /// <summary>What was appended, and the hash that the line states; empty where it states none.</summary>
    private static (string Text, string Hash) Split(string line)
    {
        var at = line.Length - HashDigits - Member.Length - 2;
        return at > 0 && line.AsSpan(at).StartsWith(Member, StringComparison.Ordinal) ? (line[..at] + "}", line.Substring(at + Member.Length, HashDigits)) : (line, "");
    }

    private static string HashOf(string before, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + text)));
}
