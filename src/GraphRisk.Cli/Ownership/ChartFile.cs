using System.Text;
using GraphRisk.Graph.Algorithms.Ownership.Charts;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Export;
using GraphRisk.Server.Tables;
using GraphRisk.Server.Tables.Graphs;

namespace GraphRisk.Cli.Ownership;

/// <summary>How a chart of ownership is written.</summary>
internal enum ChartFormat
{
    GraphMl,
    Csv,
    Dot,
    Bods,
}

/// <summary>A format of charts.</summary>
/// <param name="Write">Writes one.</param>
/// <param name="Unsaid">What the format leaves out of one, in sentences.</param>
internal sealed record ChartFile(Action<Snapshot, OwnershipChart, Stream> Write, Func<Snapshot, OwnershipChart, IReadOnlyList<string>> Unsaid)
{
    private static readonly Dictionary<ChartFormat, ChartFile> Formats = new()
    {
        [ChartFormat.GraphMl] = new(ChartDrawings.DrawGraphMl, (_, chart) => Ends(chart)),
        [ChartFormat.Dot] = new(ChartDrawings.DrawDot, (_, chart) => Ends(chart)),
        [ChartFormat.Csv] = new(WriteRows, (_, chart) => [.. RowsOnly(chart), .. Ends(chart)]),
        [ChartFormat.Bods] = new((snapshot, chart, to) => new BodsStatements(snapshot, chart).Write(to), (snapshot, chart) => new BodsStatements(snapshot, chart).Unsaid),
    };

    public static ChartFile Of(ChartFormat format) => Formats[format];

    /// <summary>A row a holding: both ends with their names, and all that is stated of it.</summary>
    private static void WriteRows(Snapshot snapshot, OwnershipChart chart, Stream to)
    {
        using var file = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var holds = snapshot.Relationship("HOLDS");
        file.WriteLine(string.Join(',', ["holder", "holderName", "company", "companyName", .. holds.Type.Fields.Select(field => field.Name)]));
        foreach (var (edge, holder, company) in chart.Holdings)
            file.WriteLine(string.Join(',', (string[])
            [
                .. new[] { holder, company }.SelectMany(node => new[] { snapshot.Nodes.IdOf(node).ToString(), snapshot.Nodes.GetString(node, "name") ?? "" }).Select(CsvText.Of),
                .. holds.Type.Fields.Select(field => holds.Get(edge, field.Name) is { } value ? CsvText.Of(PropertyText.Of(value)) : ""),
            ]));
    }

    private static IEnumerable<string> RowsOnly(OwnershipChart chart)
    {
        if (chart.Ties.Length > 0) yield return FormattableString.Invariant($"{chart.Ties.Length} tie(s) of nominees and trusts are no rows.");
        if (chart.Agreements.Length > 0) yield return FormattableString.Invariant($"{chart.Agreements.Length} agreement(s) are no rows.");
    }

    private static IReadOnlyList<string> Ends(OwnershipChart chart) => chart.IsComplete ? [] : ["The chart ends at a limit of what was asked for, not of what is held."];
}
