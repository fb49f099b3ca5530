using System.Globalization;
using GraphRisk.Matching.Evaluation;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Model;
using GraphRisk.Matching.Records;

namespace GraphRisk.Cli.Output;

/// <summary>How a matching of records and its measure are told: as tables, and as JSON with the same content.</summary>
internal static class LinkageReport
{
    /// <summary>A matching that was measured.</summary>
    /// <param name="Reading">The records.</param>
    /// <param name="Result">What was joined.</param>
    /// <param name="Quality">Against the truth.</param>
    /// <param name="Blocking">What was compared of what belongs together.</param>
    /// <param name="Calibration">How far the probabilities of pairs hold.</param>
    /// <param name="ReadIn">Time until the records were read.</param>
    /// <param name="Elapsed">Time until they were matched, reading included.</param>
    /// <param name="PeakMemory">Most bytes of memory the process held until then.</param>
    internal sealed record Measured(
        RecordReading Reading, LinkageResult Result, ClusterQuality Quality, BlockingRecall Blocking, PairCalibration Calibration, TimeSpan ReadIn, TimeSpan Elapsed, long PeakMemory);

    /// <summary>The JSON document.</summary>
    public static object Document(Measured measured) => new
    {
        records = measured.Reading.Table.Count,
        sources = measured.Reading.Table.Sources,
        columns = measured.Reading.Columns,
        refused = new { count = measured.Reading.RefusedCount, first = measured.Reading.Refused },
        model = measured.Result.Model,
        measured.Result.MergeProbability,
        clusters = measured.Result.ClusterCount,
        blocking = new { measured.Result.Blocking.Pairs, measured.Result.Blocking.Rules, measured.Blocking.Recall, measured.Blocking.Found, measured.Blocking.Looked },
        pairwise = new { measured.Quality.Precision, measured.Quality.Recall, measured.Quality.F1, measured.Quality.TruePairs, measured.Quality.JoinedPairs, measured.Quality.RealPairs },
        measured.Quality.BCubed,
        measured.Calibration,
        seconds = measured.Elapsed.TotalSeconds,
        readSeconds = measured.ReadIn.TotalSeconds,
        peakMemoryBytes = measured.PeakMemory,
    };

    /// <summary>The tables.</summary>
    public static void Write(Terminal terminal, Measured measured)
    {
        terminal.WriteTable("Columns", ["column", "taken for", "why", "records", "different"], measured.Reading.Columns.Select(column => (IReadOnlyList<string>)
        [
            column.Name, TakenFor(column), column.Reason, Count(column.Filled), Count(column.Distinct),
        ]));
        foreach (var row in measured.Reading.Refused) terminal.WriteLine($"left out: {row.File}, line {row.Line}: {row.Reason}");
        if (measured.Reading.RefusedCount > measured.Reading.Refused.Length) terminal.WriteLine($"left out: {Count(measured.Reading.RefusedCount)} rows in all");
        WriteModel(terminal, measured.Result.Model);
        terminal.WriteFigures("Matching", Figures(measured));
    }

    /// <summary>The weights of every comparison and level.</summary>
    public static void WriteModel(Terminal terminal, MatchModel model)
    {
        var rows = model.Comparisons.SelectMany(comparison => comparison.Levels.Select(level => (IReadOnlyList<string>)
        [
            comparison.Name, level.Label, Part(level.OfMatches), level.OfOthers.ToString("0.######", CultureInfo.InvariantCulture), Bits(level.Bits),
        ]));
        terminal.WriteTable($"Model: {Bits(model.PriorBits)} bits before anything is compared", ["comparison", "level", "of matches", "of others", "bits"], rows);
    }

    /// <summary>Bits with their sign.</summary>
    public static string Bits(double bits) => bits.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, string Value)> Figures(Measured measured)
    {
        var (quality, result) = (measured.Quality, measured.Result);
        yield return ("records", Count(measured.Reading.Table.Count));
        yield return ("clusters", Count(result.ClusterCount));
        yield return ("joined from a probability of", Part(result.MergeProbability));
        yield return ("pairs compared", Count(result.Blocking.Pairs));
        yield return ("blocking recall", Part(measured.Blocking.Recall));
        yield return ("pairwise precision", Part(quality.Precision));
        yield return ("pairwise recall", Part(quality.Recall));
        yield return ("pairwise F1", Part(quality.F1));
        yield return ("B-cubed precision", Part(quality.BCubed.Precision));
        yield return ("B-cubed recall", Part(quality.BCubed.Recall));
        yield return ("B-cubed F1", Part(quality.BCubed.F1));
        yield return ("precision of automatic merges", Part(measured.Calibration.AutomaticPrecision));
        yield return ("expected calibration error", Part(measured.Calibration.Error));
        yield return ("time, reading included", string.Create(CultureInfo.InvariantCulture, $"{measured.Elapsed.TotalSeconds:0.0} s, of it reading {measured.ReadIn.TotalSeconds:0.0} s"));
        yield return ("peak memory", string.Create(CultureInfo.InvariantCulture, $"{measured.PeakMemory / 1e6:N0} MB"));
    }

    private static string TakenFor(ColumnFinding column) => column.Role == ColumnRole.Evidence
        ? column.Scheme is null ? $"{column.Kind}" : $"{column.Kind} {column.Scheme}"
        : $"{column.Role}".ToLowerInvariant();

    private static string Part(double part) => part.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
