using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Exit;
using GraphRisk.Cli.Output;
using GraphRisk.Scoring.Registry;
using GraphRisk.Stores.Erasure;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk score verify</c>: computes filed scores again.</summary>
internal static class VerifyCommand
{
    public static ExampleCommand Build(Host host)
    {
        var file = new Option<FileInfo?>("--file") { Description = "The file; that of the data folder where absent.", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("verify",
            "Compute every filed score again, with the model and from the version of the store it names, and compare to the last bit; whether the end of the file was cut off is told by the audit trail of the data folder. Exit code 1 where one differs, or where the file does not end as any filing did.",
            "score verify", "score verify --file backup/filed.ndjson", "score verify --data data --json")
        { file, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var store = await bench.OpenStoreAsync(cancellation);
            var path = parsed.GetValue(file)?.FullName ?? bench.Folder.FiledScores;
            if (parsed.GetValue(file) is null) FiledRecords.CheckScores(bench.Folder);
            if (!File.Exists(path)) throw new UserErrorException($"There is no file of scores at '{path}'; 'score --file' makes one.");
            var found = await new Stages(host.Error, host.Clock).RunAsync("verify", async _ =>
                await new ScoreFile(path).VerifyAsync(FiledRecords.Registry(bench.Folder), store, Environment.ProcessorCount, cancellation));
            var end = FiledRecords.EndOf(bench.Folder, path);
            // The mark of an erasure stands in the chain whoever set it: that one was carried out is the audit trail's to say.
            var isForged = found.Erased > 0 && ErasureRequests.KnowsErasure(bench.Folder, cancellation) == false;
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new { found.Lines, found.Erased, isForged, found.Faults, end = new { end.IsWhole, what = end.Told } }));
            else
            {
                foreach (var fault in found.Faults) await host.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {fault.Line}: {fault.What}"));
                await host.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{found.Lines:N0} filed scores{(found.Erased > 0 ? $", {found.Erased} of them erased" : "")}, {found.Faults.Select(fault => fault.Line).Distinct().Count():N0} lines differ; {end.Told}."));
                if (isForged) await host.Out.WriteLineAsync("The audit trail knows of no erasure: who marked them as erased took filed scores away.");
                if (found.Faults.Count > 0 && store is SqliteGraphStore embedded && await StoreErasure.NotedAsync(embedded, cancellation) is [.., var last])
                    await host.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Clients were erased, last at {last.At:O}: scores filed before of those that were linked to them rested on what is no more."));
            }

            return found.Faults.Count == 0 && end.IsWhole != false && !isForged ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
