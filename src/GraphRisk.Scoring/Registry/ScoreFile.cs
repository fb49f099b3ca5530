using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Registry;

/// <summary>A filed score that does not come out as it is filed.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="What">What differs, or why it cannot be computed.</param>
public sealed record ScoreFault(int Line, string What);

/// <summary>What a verification found.</summary>
/// <param name="Lines">Scores in the file.</param>
/// <param name="Faults">Those that differ, by line.</param>
public sealed record ScoreVerification(int Lines, IReadOnlyList<ScoreFault> Faults)
{
    /// <summary>Lines whose score was erased: there is nothing to compute again. The audit trail says of which erasures.</summary>
    public int Erased { get; init; }
}

/// <summary>
/// The scores of a store as they were filed: a <see cref="HashedLog"/> of <see cref="FiledScore"/>. Since the store keeps every version,
/// the registry every model, and both are deterministic, each can be computed again, whatever was recorded or decided since. Costs one
/// snapshot for each day and version that is named.
/// </summary>
/// <param name="path">The file.</param>
public sealed class ScoreFile(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Files scores after those that are there.</summary>
    /// <returns>Hash of the last line.</returns>
    /// <exception cref="InvalidDataException">The file was altered: nothing is added to it.</exception>
    public string Append(IEnumerable<FiledScore> scores)
    {
        using var log = HashedLog.Open(path, out var lines);
        return lines.FirstOrDefault(line => !line.IsWhole) is { } broken
            ? throw new InvalidDataException($"line {broken.Number} of {path} was altered, or a line before it removed")
            : log.Append(scores.Select(score => JsonSerializer.Serialize(score, Json)));
    }

    /// <summary>Files those scores that differ from the last one filed of their client up to their day: in score, grade or the model.</summary>
    /// <returns>How many were filed, and the hash of the last line; null where the file is empty.</returns>
    /// <exception cref="InvalidDataException">The file was altered: nothing is added to it.</exception>
    public (int Count, string? Hash) AppendChanged(IReadOnlyCollection<FiledScore> scores)
    {
        using var log = HashedLog.Open(path, out var lines);
        if (lines.FirstOrDefault(line => !line.IsWhole) is { } broken) throw new InvalidDataException($"line {broken.Number} of {path} was altered, or a line before it removed");
        var until = scores.Select(score => score.AsOf).DefaultIfEmpty().Max();
        var last = new Dictionary<string, FiledScore>(StringComparer.Ordinal);
        foreach (var filed in lines.Select(line => Parse(line.Text)).OfType<FiledScore>())
            if (!filed.IsBeside && filed.AsOf <= until && (!last.TryGetValue(filed.Client, out var known) || filed.AsOf >= known.AsOf)) last[filed.Client] = filed;
        var changed = scores.Where(score => !last.TryGetValue(score.Client, out var filed) || !filed.TellsTheSame(score)).ToList();
        return (changed.Count, changed.Count > 0 ? log.Append(changed.Select(score => JsonSerializer.Serialize(score, Json))) : lines.Count > 0 ? lines[^1].Hash : null);
    }

    /// <summary>Computes every score again and compares.</summary>
    /// <param name="registry">The models.</param>
    /// <param name="store">The store the scores were computed from.</param>
    /// <param name="threads">The answer does not depend on it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async ValueTask<ScoreVerification> VerifyAsync(
        ModelRegistry registry, IGraphStore store, int threads = 1, CancellationToken cancellation = default)
    {
        var faults = new List<ScoreFault>();
        var filed = new List<(int Line, FiledScore Score)>();
        var (count, erased) = (0, 0);
        foreach (var line in HashedLog.Read(path))
        {
            count++;
            if (!line.IsWhole) faults.Add(new ScoreFault(line.Number, "the line was altered, or one before it removed"));
            if (line.IsErased) erased++;
            else if (Parse(line.Text) is { } score) filed.Add((line.Number, score));
            else faults.Add(new ScoreFault(line.Number, "is no filed score"));
        }

        foreach (var view in filed.GroupBy(one => (one.Score.Store, one.Score.AsOf)))
        {
            var market = await ReadAsync(store, view.Key.Store, view.Key.AsOf, cancellation);
            foreach (var scores in view.GroupBy(one => one.Score.Model, StringComparer.Ordinal))
                faults.AddRange(market is null
                    ? scores.Select(one => new ScoreFault(one.Line, $"the store has no version {view.Key.Store}"))
                    : Compare(registry, scores.Key, market, [.. scores], threads));
        }

        return new ScoreVerification(count, [.. faults.OrderBy(fault => fault.Line)]) { Erased = erased };
    }

    private static async ValueTask<MarketReading?> ReadAsync(IGraphStore store, long version, DateOnly asOf, CancellationToken cancellation)
    {
        if (version < 1) return null;
        await foreach (var set in store.ReadSetsAsync(version - 1, cancellation))
            return new MarketReading(await SnapshotBuilder.BuildAsync(store, set.Version, Validity.CloseOf(asOf), cancellation));
        return null;
    }

    private static IEnumerable<ScoreFault> Compare(
        ModelRegistry registry, string version, MarketReading market, List<(int Line, FiledScore Score)> filed, int threads)
    {
        var nodes = filed.ConvertAll(one => market.Snapshot.Nodes.Find(NodeId.Parse(one.Score.Client)));
        var (known, unknown) = (new List<int>(), new List<int>());
        for (var i = 0; i < nodes.Count; i++) (nodes[i] >= 0 && market.Parties.IndexOf(nodes[i]) >= 0 ? known : unknown).Add(i);
        foreach (var i in unknown) yield return new ScoreFault(filed[i].Line, $"{filed[i].Score.Client} is no party of the snapshot");
        FiledScore[] computed;
        string? trouble = null;
        try
        {
            using var model = registry.Open(version);
            computed = [.. ScoredMarket.Of(model, market, known.ConvertAll(i => nodes[i]), threads).Filed()];
        }
        catch (ModelException error)
        {
            (computed, trouble) = ([], error.Message);
        }

        for (var i = 0; i < known.Count; i++)
        {
            var (line, score) = filed[known[i]];
            var what = trouble ?? string.Join("; ", score.DifferencesFrom(computed[i]));
            if (what.Length > 0) yield return new ScoreFault(line, what);
        }
    }

    /// <summary>Writes the file anew without the scores of a client: their lines stay as <see cref="HashedLine.IsErased"/>.</summary>
    /// <param name="target">The new file.</param>
    /// <param name="ids">Ids of the client's records.</param>
    /// <returns>How many were erased.</returns>
    /// <exception cref="InvalidDataException">The file was altered.</exception>
    public int WriteErased(Stream target, IReadOnlySet<NodeId> ids) =>
        HashedLog.WriteErased(path, target, text => Parse(text) is { } score && ids.Contains(NodeId.Parse(score.Client)));

    /// <summary>The score of a line; null where it is none.</summary>
    internal static FiledScore? Parse(string text)
    {
        try
        {
            var score = JsonSerializer.Deserialize<FiledScore>(text, Json);
            if (score is { Client: not null, Model: not null }) NodeId.Parse(score.Client);
            return score is { Client: not null, Model: not null } ? score : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
