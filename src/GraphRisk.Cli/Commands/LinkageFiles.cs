using System.Globalization;
using GraphRisk.Cli.Output;
using GraphRisk.Matching.Evaluation;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Model;
using GraphRisk.Matching.Records;
using GraphRisk.Server.Tables;

namespace GraphRisk.Cli.Commands;

/// <summary>The files <c>graphrisk er evaluate</c> writes: the answer, record by record, and each pair it got wrong.</summary>
internal static class LinkageFiles
{
    /// <summary>Steps of a waterfall that are told, the largest.</summary>
    private const int Steps = 4;

    /// <summary>Writes the cluster of each record: source, record, cluster.</summary>
    public static async Task WriteClustersAsync(string path, RecordTable table, LinkageResult result, CancellationToken cancellation)
    {
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync("source,record,cluster");
        for (var record = 0; record < table.Count; record++)
        {
            cancellation.ThrowIfCancellationRequested();
            await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{CsvText.Of(SourceOf(table, record))},{CsvText.Of(table.Keys[record])},{result.ClusterOf[record]}"));
        }
    }

    /// <summary>Writes each pair joined wrongly and each pair missed: its probability, whether blocking brought it, and what moved its score most.</summary>
    public static async Task WriteErrorsAsync(string path, RecordTable table, int[] entities, LinkageResult result, CancellationToken cancellation)
    {
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync("error,source,record,other_source,other_record,probability,compared,steps");
        foreach (var error in PairError.Of(entities, result.ClusterOf))
        {
            cancellation.ThrowIfCancellationRequested();
            var waterfall = result.Explain(error.Left, error.Right);
            string[] cells =
            [
                error.IsJoined ? "wrong" : "missed", SourceOf(table, error.Left), table.Keys[error.Left], SourceOf(table, error.Right), table.Keys[error.Right],
                waterfall.Probability.ToString("0.0000", CultureInfo.InvariantCulture), result.IsCandidate(error.Left, error.Right) ? "yes" : "no", Told(waterfall),
            ];
            await file.WriteLineAsync(string.Join(',', cells.Select(CsvText.Of)));
        }
    }

    private static string SourceOf(RecordTable table, int record) => table.Sources[table.SourceOf[record]];

    private static string Told(Waterfall waterfall) => string.Join("; ", waterfall.Steps.OrderByDescending(step => Math.Abs(step.Bits)).Take(Steps).Where(step => step.Bits != 0)
        .Select(step => $"{step.Name} {step.Level} {LinkageReport.Bits(step.Bits)}{(step.Left.Length > 0 ? $" ({step.Left} / {step.Right})" : "")}"));
}
