using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Server.Observability;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk serve</c>: answers GraphQL over the store of a data folder.</summary>
internal static class ServeCommand
{
    public static Command Build(Host host)
    {
        var data = CommonOptions.Data();
        var options = new SettingOptions(Settings.All);
        var command = new ExampleCommand("serve", 
            "Serve GraphQL at /graphql and the explorer at /graphql/ui; prints 'ready URL' when the first question is answered at its usual speed. Told to end (SIGTERM), it finishes the answers it has begun.",
            "serve --data data --port 5080 --development-tokens",
            "serve --as-of 2025-12-31 --authority https://login.example.cn --audience graphrisk",
            "serve --sign-in sign-in.json --listen 0.0.0.0:443 --certificate risk.pem --redirect-http 80 --host risk.example.cn",
            "serve --sign-in sign-in.json --listen 10.0.0.5:5080 --proxy 10.0.0.2 --proxy-ends-tls --host risk.example.cn",
            "serve --config /etc/graphrisk.json --log json --metrics-listen 127.0.0.1:9464")
        { data };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var values = options.Read(parsed, host, parsed.GetValue(data)!);
            using var log = ServeOptions.LogOf(values, host);
            var told = values.In(host) with { Error = log.AsWriter() };
            try
            {
                await RunAsync(told, parsed.FilledFolder(data, told), values, log, cancellation);
                return ExitCode.Done;
            }
            catch (Exception error) when (CommandLine.Told(error) is { } end)
            {
                log.Tell(end.Line, LogLevel.Error);
                return end.Code;
            }
        });
        return command;
    }

    private static async Task RunAsync(Host host, DataFolder folder, SettingValues values, OperatorLog log, CancellationToken cancellation)
    {
        foreach (var stray in StrayVariables.In(host.VariableNames)) await host.Error.WriteLineAsync(stray);
        var bench = new Workbench(host, folder);
        var run = ServeOptions.Of(values, bench.Folder.ToServerOptions(), log);
        if (run.Hosting.Addresses.Length == 0) FreePort.Require(run.Port);
        if (run.Authority is null && !run.DevelopmentTokens)
            await host.Error.WriteLineAsync("Nobody can sign in: name an --authority, or take --development-tokens on this machine.");
        await using var store = await bench.OpenServedStoreAsync(cancellation);
        var asOf = values.Text(Settings.AsOf) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : (DateOnly?)null;
        await using var service = await Service.OpenAsync(host, bench, store, asOf, run, cancellation);
        await service.StartAsync(cancellation);
        await service.AnswerAsync(host, cancellation);
    }
}
