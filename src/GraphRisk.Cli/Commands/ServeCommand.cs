using System.CommandLine;
using GraphRisk.Cli.Composition;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk serve</c>: answers GraphQL over the store of a data folder.</summary>
internal static class ServeCommand
{
    public static Command Build(Host host)
    {
        var asOf = CommonOptions.AsOf();
        var port = CommonOptions.Port(5080);
        var data = CommonOptions.Data();
        var command = new ExampleCommand("serve", 
            "Serve GraphQL at /graphql and the explorer at /graphql/ui; prints 'ready URL' when it answers.",
            "serve --data data --port 5080",
            "serve --as-of 2025-12-31")
        { asOf, port, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.Folder(data));
            await using var store = await bench.OpenServedStoreAsync(cancellation);
            await using var service = await Service.OpenAsync(host, bench, store, parsed.GetValue(asOf), parsed.GetValue(port), null, cancellation);
            await service.StartAsync(cancellation);
            await service.AnswerAsync(host, cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}
