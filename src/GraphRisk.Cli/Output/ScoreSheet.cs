using System.Globalization;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Tables;

namespace GraphRisk.Cli.Output;

/// <summary>Scores of one or several models as a CSV file, and where clients go between two models' grades.</summary>
internal static class ScoreSheet
{
    /// <summary>Clients named that moved far; the CSV file has them all.</summary>
    private const int MostNamed = 20;

    /// <summary>Writes every client, the champion's columns first; only the owner may read the file.</summary>
    /// <returns>Rows written.</returns>
    public static async Task<int> WriteAsync(FileInfo file, List<ScoredMarket> scored, CancellationToken cancellation)
    {
        var (first, others) = (scored[0], scored[1..]);
        var snapshot = first.Market.Snapshot;
        await using var writer = new StreamWriter(OwnersFile.Create(file.FullName));
        var beside = string.Concat(others.Select(other => $",pd_{other.Model.Version},score_{other.Model.Version},grade_{other.Model.Version}"));
        await writer.WriteLineAsync(("client,as_of,model,pd,score,grade,grade_capped,own_points,contagion_points" + beside).AsMemory(), cancellation);
        for (var i = 0; i < first.Lines.Count; i++)
        {
            var line = first.Lines[i];
            var row = string.Create(
                CultureInfo.InvariantCulture,
                $"{CsvText.Of(snapshot.Nodes.IdOf(line.Node).ToString())},{snapshot.Stamp.AsOfDay:yyyy-MM-dd},{CsvText.Of(first.Model.Version)},{line.ProbabilityOfDefault:R},{line.Score},{CsvText.Of(line.Grade)},{(line.IsGradeCapped ? "thin file" : "")},{line.OwnPoints:0.00},{line.ContagionPoints:0.00}");
            foreach (var other in others.Select(other => other.Lines[i]))
                row += string.Create(CultureInfo.InvariantCulture, $",{other.ProbabilityOfDefault:R},{other.Score},{CsvText.Of(other.Grade)}");
            await writer.WriteLineAsync(row.AsMemory(), cancellation);
        }

        return first.Lines.Count;
    }

    /// <summary>Shows the champion's grades against the challenger's; clients are named where a purpose was declared.</summary>
    public static void WriteMigration(Terminal terminal, ScoredMarket champion, ScoredMarket challenger, bool areNamed)
    {
        var moved = GradeMigration.Of(champion, challenger);
        terminal.WriteTable($"From grades of {champion.Model.Version} (rows) to those of {challenger.Model.Version} (columns)", ["", .. moved.Grades],
            moved.Grades.Select((grade, row) => (IReadOnlyList<string>)[grade, .. moved.Counts[row].Select(count => count == 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture))]));
        terminal.WriteLine(FormattableString.Invariant(
            $"{moved.Unmoved:N0} of {champion.Lines.Count:N0} clients keep their grade; {moved.Far.Count:N0} move by more than {GradeMigration.Usual} grades{(areNamed || moved.Far.Count == 0 ? "" : "; with --purpose the farthest are named")}."));
        if (!areNamed) return;
        foreach (var move in moved.Far.Take(MostNamed)) terminal.WriteLine($"  {champion.Market.Snapshot.Nodes.IdOf(move.Node)}: {move.From} to {move.To}");
        if (moved.Far.Count > MostNamed) terminal.WriteLine(FormattableString.Invariant($"  and {moved.Far.Count - MostNamed:N0} more, in the file"));
    }
}
