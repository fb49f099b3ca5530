using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Updates;

/// <summary>A file of updates, read row by row: columns between bars under a header, the first of which is an instant in milliseconds since 1970.</summary>
internal sealed class UpdateFile : IDisposable
{
    private readonly string name;
    private readonly string hash;
    private readonly FileReading? mapped;
    private readonly StreamReader lines;
    private readonly ImmutableArray<string> names;
    private readonly List<Fact> facts = [];
    private long line = 1;

    public UpdateFile(string path, FileFormats formats, ImportOptions options)
    {
        name = Path.GetFileNameWithoutExtension(path);
        var digest = FileDigest.Of(path);
        hash = digest.Hash;
        mapped = formats.Find(path, digest)?.Open(path, digest, options);
        lines = new StreamReader(path, Encoding.UTF8);
        names = [.. (lines.ReadLine() ?? "").Split('|')];
    }

    /// <summary>The next row, or null at the end.</summary>
    public UpdateRow? Next()
    {
        if (lines.ReadLine() is not { } text) return null;
        line++;
        ImmutableArray<string> values = [.. text.Split('|')];
        var fault = values.Length == names.Length ? null : $"has {values.Length} fields where the header has {names.Length}";
        if (!long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > MostMilliseconds)
            (at, fault) = (0, $"begins with '{values[0]}', which is no instant in milliseconds");
        facts.Clear();
        if (fault is null && mapped is not null) fault = Map(text);
        return new UpdateRow(name, string.Create(CultureInfo.InvariantCulture, $"{hash[..16]}:{line}"), DateTimeOffset.FromUnixTimeMilliseconds(at), [.. facts])
        {
            Names = names, Values = values, Fault = fault is null ? null : string.Create(CultureInfo.InvariantCulture, $"{name}, line {line}: {fault}"),
        };
    }

    public void Dispose()
    {
        mapped?.Dispose();
        lines.Dispose();
    }

    /// <summary>The end of the year 9999.</summary>
    private const long MostMilliseconds = 253_402_300_799_999;

    private string? Map(string text)
    {
        if (mapped!.Mapper is not { } mapper) return mapped.Fault!.Reason;
        var bytes = Encoding.UTF8.GetBytes(text);
        var outcome = mapper.Map(new RawRecord(line, bytes, bytes.Length), facts);
        return outcome.Fault is { } fault ? $"{fault.Field} {fault.Reason}" : null;
    }
}
