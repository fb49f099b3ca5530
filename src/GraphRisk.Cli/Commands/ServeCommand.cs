using System.CommandLine;
using GraphRisk.Cli.Composition;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk serve</c>: answers GraphQL over the store of a data folder.</summary>
internal static class ServeCommand
{
    public static Command Build(Host host)
    {
        var asOf = CommonOptions.AsOf();
        var data = CommonOptions.Data();
        var (options, trusted) = (new ServeOptions(), new TrustedOptions());
        var command = new ExampleCommand("serve", 
            "Serve GraphQL at /graphql and the explorer at /graphql/ui; prints 'ready URL' when the first question is answered at its usual speed. Told to end (SIGTERM), it finishes the answers it has begun.",
            "serve --data data --port 5080 --development-tokens",
            "serve --as-of 2025-12-31 --authority https://login.example.cn --audience graphrisk",
            "serve --sign-in sign-in.json --listen 0.0.0.0:443 --certificate risk.pem --redirect-http 80 --host risk.example.cn",
            "serve --sign-in sign-in.json --listen 10.0.0.5:5080 --proxy 10.0.0.2 --proxy-ends-tls --host risk.example.cn")
        { asOf, data };
        options.AddTo(command);
        trusted.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            var run = trusted.Read(parsed, host, options.Read(parsed, host, bench.Folder.ToServerOptions()));
            if (run.Hosting.Addresses.Length == 0) FreePort.Require(run.Port);
            if (run.Authority is null && !run.DevelopmentTokens)
                await host.Error.WriteLineAsync("Nobody can sign in: name an --authority, or take --development-tokens on this machine.");
            await using var store = await bench.OpenServedStoreAsync(cancellation);
            await using var service = await Service.OpenAsync(host, bench, store, parsed.GetValue(asOf), run, cancellation);
            await service.StartAsync(cancellation);
            await service.AnswerAsync(host, cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}
