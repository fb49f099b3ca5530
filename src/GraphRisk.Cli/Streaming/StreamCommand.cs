using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Streaming;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Streaming;

/// <summary><c>graphrisk resolve stream</c>: takes records in one by one, each resolved at once.</summary>
internal static class StreamCommand
{
    private const string StandardInput = "-";

    public static ExampleCommand Build(Host host)
    {
        var paths = new Argument<string[]>("paths") { Description = $"Files and folders, row by row; '{StandardInput}' for rows from standard input as they come, in UTF-8.", Arity = ArgumentArity.OneOrMore };
        var named = new Option<string?>("--named") { Description = "Of standard input the file the rows would stand in, which says how they are read.", HelpName = "FILE" };
        var stream = new Option<string?>("--stream") { Description = "Of standard input a name of its own: given again from its beginning, also after it was cut off, what was taken in is passed over.", HelpName = "NAME" };
        var mapping = new Option<string[]>("--mapping") { Description = "Mapping file of your own; may be given again.", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var json = new Option<bool>("--json") { Description = "Write one JSON document a line." };
        var command = new ExampleCommand("stream",
            "Take records in one by one, as they come, and resolve each at once; a line for what became of each party. Cut off and given again it counts nothing twice.",
            "resolve stream deliveries/clients.csv --data data",
            "resolve stream - --named registry/persons.csv --stream registry-monday --json")
        { paths, named, stream, mapping, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (from, name) = (parsed.GetValue(paths)!, parsed.GetValue(named));
            var isInput = from.Contains(StandardInput);
            if (isInput && from.Length > 1) throw new UserErrorException($"'{StandardInput}' is read alone, without other paths.");
            if (isInput != name is not null) throw new UserErrorException($"--named goes with '{StandardInput}': it says which file the rows would stand in.");
            if (!isInput && parsed.GetValue(stream) is not null) throw new UserErrorException($"--stream goes with '{StandardInput}': a file is known by its content.");
            var bench = new Workbench(host, parsed.Folder(data));
            await using var store = await bench.OpenStoreAsync(cancellation);
            using var quarantine = bench.OpenQuarantine();
            var records = new RecordStream(store, bench.ResolutionOptions(), MappingSet.Load(bench.Catalog, parsed.GetValue(mapping) ?? []), quarantine, host.Clock);
            var caughtUp = await new Stages(host.Error, host.Clock).RunAsync("resolve what is there", progress => records.OpenAsync(new ResolveCommand.DoneCount(progress), cancellation));
            var options = new ImportOptions(host.Clock.GetUtcNow()) { Today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime) };
            var teller = new StreamTeller(host, parsed.GetValue(json));
            try
            {
                await Filing.RunAsync(host, bench.Folder, new Deed(AuditAct.Import, "resolve stream", name ?? string.Join(", ", from)), async () =>
                {
                    var passes = isInput
                        ? records.ReadAsync(Console.OpenStandardInput(), name!, parsed.GetValue(stream) ?? host.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), options, cancellation)
                        : records.ReadAsync(from, options, cancellation);
                    await foreach (var pass in passes) await teller.TellAsync(pass);
                    return teller;
                }, done => FormattableString.Invariant($"{done.Records} records, {done.Refused} quarantined"));
            }
            catch (InvalidDataException error)
            {
                throw new UserErrorException(error.Message);
            }

            await teller.EndAsync(caughtUp.Records, quarantine.AwaitingCount);
            return teller.Refused > 0 ? ExitCode.Quarantined : ExitCode.Done;
        });
        return command;
    }
}
