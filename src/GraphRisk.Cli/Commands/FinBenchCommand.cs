using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.FinBench;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Updates;
using GraphRisk.Market.Flows;
using GraphRisk.Workflow.Flows;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk finbench</c>: replays the transaction workload of LDBC FinBench and says what each operation took.</summary>
internal static class FinBenchCommand
{
    public static ExampleCommand Build(Host host)
    {
        var folder = new Argument<DirectoryInfo>("FOLDER") { Description = "Folder of a FinBench data set: snapshot, read_params, incremental. What is missing is left out." };
        var operations = new Option<string?>("--operations") { Description = "Operations to run, separated by commas: TCR1 to TCR12, TSR1 to TSR6, TW1 to TW19, TRW1 to TRW3. All where absent.", HelpName = "CODE[,CODE]" };
        var reads = new Option<int>("--reads") { Description = "Reads of each kind at most; parameters are used again where there are fewer.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var writes = new Option<int>("--writes") { Description = "Writes at most, the first of them.", HelpName = "N", DefaultValueFactory = _ => int.MaxValue };
        var behind = new Option<int>("--behind") { Description = "Writes a read may lag behind; a read-write never does.", HelpName = "N", DefaultValueFactory = _ => 0 };
        var seed = CommonOptions.Seed();
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("finbench",
            "Replay the transaction workload of LDBC FinBench over the store and say what each operation took; a store that is empty takes in the snapshot first.",
            "finbench samples/payments --data data",
            "finbench samples/payments --operations TCR1,TCR8,TSR3 --reads 20 --data data",
            "finbench samples/payments --writes 5 --behind 20 --data data --json")
        { folder, operations, reads, writes, behind, seed, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = Wanted(parsed.GetValue(operations));
            var source = parsed.GetValue(folder)!.FullName;
            if (!Directory.Exists(source)) throw new UserErrorException($"There is no folder '{source}'.");
            foreach (var option in new[] { reads, writes, behind })
                if (parsed.GetValue(option) < 0) throw new UserErrorException($"{option.Name} is 0 or more.");
            var bench = new Workbench(host, parsed.Folder(data));
            await using var store = await bench.OpenStoreAsync(cancellation, mayMake: true);
            await LoadAsync(host, bench, store, source, cancellation);
            // Two: the one at hand, and the newer one that is made of it.
            var snapshots = bench.OpenSnapshots(store, capacity: 2);
            var snapshot = await snapshots.GetAsync(Validity.EndOfTime, cancellation: cancellation);
            var asked = Reads(source, snapshot, wanted, parsed.GetValue(seed), parsed.GetValue(reads));
            var files = FlowWrite.All.Where(write => wanted(write.Code)).Select(write => (Write: write, Path: Path.Combine(source, "incremental", $"{write.File}.csv")))
                .Where(file => File.Exists(file.Path)).ToList();
            var count = (int)Math.Min(parsed.GetValue(writes), files.Sum(file => File.ReadLines(file.Path).LongCount() - 1));
            var rows = new UpdateStream(bench.Catalog, MappingSet.Load(bench.Catalog)).Read(files.Select(file => file.Path))
                .Take(count).Select(row => (files.Find(file => file.Write.File == row.File).Write, row));
            var driver = new FinBenchDriver(store, snapshots, host.Clock, parsed.GetValue(behind));
            var report = await driver.RunAsync(asked, rows, count, cancellation: cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(report));
            else Write(host, report, snapshot, parsed.GetValue(behind));
            return report.Faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>Takes the snapshot's files into a store that is empty.</summary>
    private static async Task LoadAsync(Host host, Workbench bench, IGraphStore store, string source, CancellationToken cancellation)
    {
        if ((await store.GetVersionAsync(cancellation)).Number > 0) return;
        var folder = Path.Combine(source, "snapshot");
        if (!Directory.Exists(folder)) throw new UserErrorException($"The store is empty and there is no '{folder}' to fill it from.");
        using var quarantine = bench.OpenQuarantine();
        var report = await new Stages(host.Error, host.Clock).RunAsync("import", async _ =>
            await bench.CreateImporter(quarantine, []).ImportAsync(store, [folder], new ImportOptions(host.Clock.GetUtcNow()), cancellation: cancellation));
        if (report.Files.Sum(file => file.Quarantined) is > 0 and var broken) await host.Error.WriteLineAsync(FormattableString.Invariant($"{broken} rows are in quarantine."));
    }

    /// <summary>The reads in rounds, one of each kind after another, so that each meets every state of the store.</summary>
    private static List<AskedQuestion> Reads(string source, Snapshot snapshot, Func<string, bool> wanted, ulong seed, int most)
    {
        var complex = ReadParameters.OfFolder(Path.Combine(source, "read_params")).ToList();
        FlowWindow[] windows = complex.Count == 0 ? [FlowWindow.Always] : [.. complex.Select(asked => asked.Window).Distinct()];
        var kinds = complex.Concat(ReadParameters.Drawn(snapshot, windows, seed, most)).GroupBy(asked => asked.Question.Code)
            .Where(kind => wanted(kind.Key)).Select(kind => kind.ToList()).ToList();
        return [.. Enumerable.Range(0, most).SelectMany(round => kinds.Select(kind => kind[round % kind.Count]))];
    }

    private static Func<string, bool> Wanted(string? list)
    {
        if (list is null) return _ => true;
        var known = FlowQuestions.All.Select(question => question.Code).Concat(FlowWrite.All.Select(write => write.Code)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var codes = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return codes.FirstOrDefault(code => !known.Contains(code)) is { } unknown
            ? throw new UserErrorException($"'{unknown}' is no operation of FinBench: TCR1 to TCR12, TSR1 to TSR6, TW1 to TW19, TRW1 to TRW3.") : codes.Contains;
    }

    private static void Write(Host host, FinBenchReport report, Snapshot snapshot, int behind)
    {
        static string Show(double value, string format = "0.000") => value.ToString(format, CultureInfo.InvariantCulture);
        var terminal = new Terminal(host.Out);
        terminal.WriteFigures("FinBench",
        [
            ("nodes before", snapshot.Nodes.Count.ToString("N0", CultureInfo.InvariantCulture)),
            ("edges before", snapshot.Relationships.Sum(table => (long)table.Count).ToString("N0", CultureInfo.InvariantCulture)),
            ("reads lag behind by at most", FormattableString.Invariant($"{behind} writes")),
            ("operations", report.Operations.ToString("N0", CultureInfo.InvariantCulture)),
            ("seconds", Show(report.Seconds, "0.0")),
            ("operations a second", Show(report.PerSecond, "N0")),
        ]);
        terminal.WriteTable("Milliseconds an operation", ["operation", "what", "count", "refused", "blocked", "rows", "p50", "p95", "p99", "max"], report.Figures.Select(one =>
            (IReadOnlyList<string>)
            [
                one.Operation, one.Title, one.Count.ToString("N0", CultureInfo.InvariantCulture), one.Refused.ToString(CultureInfo.InvariantCulture),
                one.Blocked.ToString(CultureInfo.InvariantCulture), one.Rows.ToString("N0", CultureInfo.InvariantCulture),
                Show(one.P50), Show(one.P95), Show(one.P99), Show(one.Max),
            ]));
        foreach (var fault in report.Faults) host.Error.WriteLine(fault);
    }
}
