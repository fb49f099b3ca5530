using System.CommandLine;
using System.Globalization;
using System.Text;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Stress;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Tables;
using GraphRisk.Workflow.Supervision.Reports;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk report market</c>: what a supervisor reads of a day, as a page in two languages and every table as a file.</summary>
internal static class MarketReportCommand
{
    private const string Supervision = "supervision";

    public static Command Build(Host host) => new("report", "Reports as pages and tables.") { Market(host) };

    private static ExampleCommand Market(Host host)
    {
        var date = new Option<DateOnly?>("--date") { Description = "Day whose close is looked at; the last day the sources speak of where absent.", HelpName = "YYYY-MM-DD" };
        var since = new Option<DateOnly?>("--since") { Description = "Earlier day: since it movers moved and warnings were found, and from it on quality is told by month; three months before where absent.", HelpName = "YYYY-MM-DD" };
        var scenario = new Option<FileInfo?>("--scenario") { Description = "A scenario, JSON as in samples/scenarios, put to the market of the earlier day and told beside what really happened up to the day.", HelpName = "FILE" };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for market-en.html, market-zh.html and a CSV file a table; it is made where there is none, and only its owner may read the files.", HelpName = "DIR", Required = true };
        var (known, data) = (CommonOptions.KnownAt(), CommonOptions.Data());
        var purpose = CommonOptions.Purpose("What the figures leave the platform for.", isRequired: false);
        purpose.DefaultValueFactory = _ => Supervision;
        var command = new ExampleCommand("market",
            "Write what a supervisor reads of a day: quality of each broker's clients by grade, product, jurisdiction and industry, who moved most, concentration by security and group, a scenario beside what happened, how warnings were worked. Clients stand under the ids of their records.",
            "report market --date 2025-09-30 --out report",
            "report market --date 2025-09-30 --since 2025-03-31 --scenario samples/scenarios/fall-20.json --out report")
        { date, since, scenario, output, known, purpose, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var why = parsed.Purpose(purpose);
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            var folder = parsed.GetValue(output)!;
            var supposed = parsed.GetValue(scenario) is { } file ? await StressCommand.ReadAsync(file, cancellation) : null;
            OwnersFile.Require(new FileInfo(folder.Exists ? Path.Combine(folder.FullName, "market-en.html") : folder.FullName), bench.Folder);
            await using var store = await bench.OpenStoreAsync(cancellation);
            var snapshots = bench.OpenSnapshots(store, capacity: 2);
            using var model = FiledRecords.Registry(bench.Folder).OpenChampion();
            if (model is null) await host.Error.WriteLineAsync("No model scores yet: nothing is told by grade or probability. 'graphrisk score' trains one.");
            var day = await LastDay.OrAskedAsync(parsed.GetValue(date), snapshots, host.Clock, cancellation);
            var report = await new Stages(host.Error, host.Clock).RunAsync(
                "read and reckon", _ => Task.Run(() => MakeAsync(snapshots, day, parsed.GetValue(since) ?? day.AddMonths(-3), parsed.GetValue(known), model, supposed, cancellation), cancellation));
            var files = await Filing.RunAsync(
                host, bench.Folder, new Deed(AuditAct.Export, "report market", folder.FullName) { Purpose = why }, () => WriteAsync(report, folder), written => FormattableString.Invariant($"{written} files"));
            await host.Out.WriteLineAsync(FormattableString.Invariant($"Report of {report.Day:yyyy-MM-dd} since {report.Since:yyyy-MM-dd}, of {report.Quality.Length} days: {files} files in {folder.FullName}."));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<MarketReport> MakeAsync(
        SnapshotProvider snapshots, DateOnly day, DateOnly since, DateTimeOffset? known, CreditModel? model, Scenario? scenario, CancellationToken cancellation)
    {
        if (since >= day) throw new UserErrorException(FormattableString.Invariant($"--since is a day before {day:yyyy-MM-dd}."));
        var stamp = (await snapshots.GetAsync(Validity.CloseOf(day), known, cancellation: cancellation)).Stamp;
        try
        {
            // What others write meanwhile is of no day of it.
            return await MarketReport.MakeAsync(day, since, one => snapshots.PassAsync(Validity.CloseOf(one), stamp.KnownAt, cancellation), model, WorkMeter.EndedBy(cancellation), scenario);
        }
        catch (ScenarioException error)
        {
            throw new UserErrorException(error.Message);
        }
        catch (ArgumentException error)
        {
            throw new UserErrorException($"No report can be made: {error.Message}.");
        }
    }

    private static async Task<int> WriteAsync(MarketReport report, DirectoryInfo folder)
    {
        List<(string Name, string Text)> files = [("market-en.html", MarketReportPage.Write(report, Language.English)), ("market-zh.html", MarketReportPage.Write(report, Language.Chinese))];
        foreach (var (_, tables) in MarketReportTables.Of(report))
            files.AddRange(tables.Select(table => ($"{table.Name}.csv", CsvOf(table))));
        OwnerOnly.Create(folder.FullName);
        foreach (var (name, text) in files)
        {
            await using var writer = new StreamWriter(OwnersFile.Create(Path.Combine(folder.FullName, name)));
            await writer.WriteAsync(text);
        }

        return files.Count;
    }

    private static string CsvOf(ReportTable table)
    {
        var text = new StringBuilder().AppendJoin(',', table.Columns.Select(column => column.Name)).Append('\n');
        foreach (var row in table.Rows) text.AppendJoin(',', row.Select(CellOf)).Append('\n');
        return text.ToString();
    }

    private static string CellOf(object? figure) => figure switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string words => CsvText.Of(words),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => CsvText.Of(figure.ToString()!),
    };
}
