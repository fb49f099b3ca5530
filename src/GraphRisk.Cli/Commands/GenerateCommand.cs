using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Simulation;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk generate</c>: writes an invented market as its publishers would deliver it.</summary>
internal static class GenerateCommand
{
    public static Command Build(Host host)
    {
        var clients = new Option<int>("--clients") { Description = "Clients of the market.", DefaultValueFactory = _ => 2000 };
        var seed = CommonOptions.Seed();
        var quarters = new Option<int>("--quarters") { Description = "Quarters of history, 8 to 40.", DefaultValueFactory = _ => new MarketParameters(20, 0).Quarters };
        var contagion = new Option<ContagionProcess>("--contagion")
        {
            Description = "How trouble travels: 'intensity' raises the neighbours' default intensity, 'clearing' clears payments on balance sheets and lets sales move prices, 'none' keeps it at home.",
            HelpName = "intensity|clearing|none",
            DefaultValueFactory = _ => ContagionProcess.Intensity,
            CustomParser = Contagion,
        };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder to write to.", HelpName = "DIR", Required = true };
        var json = CommonOptions.Json();
        var command = new ExampleCommand("generate", 
            "Write an invented securities-financing market as source files, with its truth in files apart.",
            "generate --clients 2000 --seed 7 --out market",
            "generate --clients 20000 --seed 7 --contagion clearing --out market",
            "generate --clients 1000000 --seed 1 --out /tmp/market --json")
        { clients, seed, quarters, contagion, output, json, PeopleCommand.Build(host) };
        command.SetAction(async (parsed, cancellation) =>
        {
            var parameters = new MarketParameters(parsed.GetValue(clients), parsed.GetValue(seed))
            {
                Quarters = parsed.GetValue(quarters),
                Contagion = parsed.GetValue(contagion),
            };
            var summary = await RunAsync(host, parameters, parsed.GetValue(output)!.FullName, cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(summary));
            else Write(host, summary);
            return ExitCode.Done;
        });
        return command;
    }

    public static Task<MarketSummary> RunAsync(Host host, MarketParameters parameters, string folder, CancellationToken cancellation)
    {
        try
        {
            parameters.Validate();
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new UserErrorException(error.Message);
        }

        return new Stages(host.Error, host.Clock).RunAsync("generate the market", progress => Task.Run(
            () => MarketGenerator.Generate(parameters, folder, new ClientCount(progress), cancellation), cancellation));
    }

    private static ContagionProcess Contagion(System.CommandLine.Parsing.ArgumentResult given)
    {
        var name = given.Tokens[0].Value;
        foreach (var process in Enum.GetValues<ContagionProcess>())
            if (process.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)) return process;
        given.AddError($"--contagion is '{name}', which is none of intensity, clearing, none");
        return default;
    }

    private static void Write(Host host, MarketSummary summary) => new Terminal(host.Out).WriteFigures("Market",
    [
        ("clients", summary.Clients.ToString("N0", CultureInfo.InvariantCulture)),
        ("brokers", summary.Brokers.ToString("N0", CultureInfo.InvariantCulture)),
        ("securities", summary.Securities.ToString("N0", CultureInfo.InvariantCulture)),
        ("rows written", summary.Rows.ToString("N0", CultureInfo.InvariantCulture)),
        ("defaults and forced liquidations", summary.Outcomes.ToString("N0", CultureInfo.InvariantCulture)),
    ]);

    private sealed class ClientCount(IProgress<long> clients) : IProgress<MarketProgress>
    {
        public void Report(MarketProgress value) => clients.Report(value.Clients);
    }
}
