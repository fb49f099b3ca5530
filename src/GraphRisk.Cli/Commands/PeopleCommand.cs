using System.CommandLine;
using System.Globalization;
using System.Text;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Simulation.People;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk generate people</c>: writes records about invented people, with who they are about, to measure record linkage by.</summary>
internal static class PeopleCommand
{
    public static Command Build(Host host)
    {
        var records = new Option<int>("--records") { Description = "Rows to write, 1 to 50,000,000.", DefaultValueFactory = _ => 10_000 };
        var seed = CommonOptions.Seed();
        var output = new Option<FileInfo>("--out") { Description = "CSV file to write; the last column is the truth.", HelpName = "FILE", Required = true };
        var json = CommonOptions.Json();
        var command = new ExampleCommand("people",
            "Write records about invented people who live in households, move, marry and are written down with slips and gaps; the last column says who each is about.",
            "generate people --records 10000 --seed 7 --out people.csv")
        { records, seed, output, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = parsed.GetValue(output)!;
            if (parsed.GetValue(records) is < 1 or > 50_000_000) throw new UserErrorException("--records is from 1 to 50,000,000.");
            if (file.Directory is not { Exists: true }) throw new UserErrorException($"'{file.DirectoryName}' is no folder.");
            var summary = await new Stages(host.Error, host.Clock).RunAsync("write the records", progress => Task.Run(
                () =>
                {
                    using var writer = new StreamWriter(file.FullName, append: false, new UTF8Encoding(false), 1 << 20);
                    return PeopleGenerator.Write(parsed.GetValue(records), parsed.GetValue(seed), writer, progress, cancellation);
                },
                cancellation));
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(summary));
            else Write(host, summary);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Host host, PeopleSummary summary) => new Terminal(host.Out).WriteFigures("People",
    [
        ("records", summary.Records.ToString("N0", CultureInfo.InvariantCulture)),
        ("people", summary.People.ToString("N0", CultureInfo.InvariantCulture)),
        ("homes", summary.Homes.ToString("N0", CultureInfo.InvariantCulture)),
    ]);
}
