using System.Text.Json;
using System.Text.Json.Serialization;
using GraphRisk.Scoring.Monitoring;

namespace GraphRisk.Scoring.Registry;

/// <summary>
/// The reports of each model of a shelf, beside the model: a <see cref="HashedLog"/> of its own, <c>reports.ndjson</c>, the newest last. A
/// report is replaced by none: what was signed can be read again. The newest is kept as long as the file is what it was. Thread-safe.
/// </summary>
/// <param name="folder">The shelf.</param>
public sealed class ModelReports(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    private readonly Lock gate = new();
    private (string Version, long Length, DateTime Written, ModelReport Report)? last;

    /// <summary>Adds a report; the same as the newest is not filed twice.</summary>
    /// <returns>Hash of the line that holds it.</returns>
    /// <exception cref="InvalidDataException">The record was altered: nothing is added to it.</exception>
    public string Add(ModelReport report)
    {
        var text = JsonSerializer.Serialize(report, Json);
        using var log = HashedLog.Open(PathOf(report.Model), out var lines);
        if (lines.FirstOrDefault(line => !line.IsWhole) is { } broken) throw Altered(report.Model, broken.Number);
        return lines is [.., var newest] && newest.Text == text ? newest.Hash : log.Append([text]);
    }

    /// <summary>The newest report of a model; null where none was made.</summary>
    /// <exception cref="InvalidDataException">The record was altered: no report is shown on its word.</exception>
    public ModelReport? Newest(string version)
    {
        var file = new FileInfo(PathOf(version));
        if (!file.Exists) return null;
        lock (gate)
        {
            if (last is { } kept && (kept.Version, kept.Length, kept.Written) == (version, file.Length, file.LastWriteTimeUtc)) return kept.Report;
        }

        HashedLine? newest = null;
        foreach (var line in HashedLog.Read(file.FullName)) newest = line.IsWhole ? line : throw Altered(version, line.Number);
        if (newest is null) return null;
        var report = JsonSerializer.Deserialize<ModelReport>(newest.Text, Json) ?? throw Altered(version, newest.Number);
        lock (gate)
        {
            last = (version, file.Length, file.LastWriteTimeUtc, report);
        }

        return report;
    }

    /// <summary>The files of reports of all models of the shelf that have any, in order of their names.</summary>
    public IReadOnlyList<string> Paths() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Select(model => PathOf(Path.GetFileName(model))).Where(File.Exists).Order(StringComparer.Ordinal)] : [];

    private string PathOf(string version) => Path.Combine(folder, version, "reports.ndjson");

    private InvalidDataException Altered(string version, int line) =>
        new($"line {line} of {PathOf(version)} was altered, or a line before it removed: no report is used on its word");
}
