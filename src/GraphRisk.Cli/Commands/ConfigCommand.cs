using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Http;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk config</c>: how a server would be run, and whether it could be.</summary>
internal static class ConfigCommand
{
    public static Command Build(Host host) => new("config", "See how 'serve' would be run by file, environment and options, and whether that can be done.") { BuildShow(host), BuildCheck(host) };

    private static ExampleCommand BuildShow(Host host)
    {
        var (data, json, options) = (CommonOptions.Data(), CommonOptions.Json(), new SettingOptions(Settings.All));
        var command = new ExampleCommand("show",
            "Print every setting of 'serve', its value, and where it came from: an option goes before a variable, that before the file, that before what is usual. Secrets are masked.",
            "config show --data data",
            "config show --config /etc/graphrisk.json --json")
        { data, json };
        options.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var values = options.Read(parsed, host, parsed.GetValue(data)!);
            var rows = Settings.All.Select(setting => (Setting: setting, values.Find(setting).From, Value: ValueOf(values, setting))).ToList();
            if (parsed.GetValue(json))
            {
                await host.Out.WriteLineAsync(Json.Of(new { file = values.File, settings = rows.Select(row => new { setting = row.Setting.Name, value = row.Value, from = row.From }) }));
                return ExitCode.Done;
            }

            new Terminal(host.Out).WriteTable(
                values.File is { } file ? $"Settings, with {file}" : "Settings, without a file", ["setting", "value", "from", "option", "variable"],
                rows.Select(row => (IReadOnlyList<string>)[row.Setting.Name, row.Value ?? "", row.From ?? "", row.Setting.Option ?? "", row.Setting.Variable ?? ""]), firstIsWhole: true);
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand BuildCheck(Host host)
    {
        var (data, options) = (CommonOptions.Data(), new SettingOptions(Settings.All));
        var command = new ExampleCommand("check",
            "Tell whether 'serve' would take the settings: every key known, every value of its kind, the files and folders they name there, no port twice, no door left open, and no variable GRAPHRISK_... that nothing reads. Ends with 1 and one line where not.",
            "config check --config /etc/graphrisk.json")
        { data };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetValue(data)!;
            var values = options.Read(parsed, host, folder);
            using var log = ServeOptions.LogOf(values, host);
            var served = ServeOptions.Of(values, new DataFolder(folder.FullName).SharedAsIn(values.In(host)).ToServerOptions(), log);
            GraphRiskServer.Check(served);
            var isOnNeo4j = Stores.Neo4j.Neo4jOptions.FromEnvironment(values.In(host).Variable) is not null;
            foreach (var setting in new[] { Settings.Certificate, Settings.CertificateKey })
                if (values.Text(setting) is { } file && !File.Exists(file)) throw new UserErrorException($"{values.Find(setting).From}: there is no file '{file}' for '{setting.Name}'.");
            foreach (var setting in new[] { Settings.Keys, Settings.Models })
                if (values.Text(setting) is { } shared && !Directory.Exists(shared))
                    throw new UserErrorException($"{values.Find(setting).From}: there is no folder '{shared}' for '{setting.Name}', which several servers are to share; 'serve' would begin anew in it. Make it where that is meant.");
            if (!folder.Exists && !isOnNeo4j) throw new UserErrorException($"There is no data folder '{folder.FullName}'; 'graphrisk init --data {folder.FullName}' makes one.");
            if (StrayVariables.In(host.VariableNames) is { Length: > 0 } stray) throw new UserErrorException(string.Join(' ', stray));
            cancellation.ThrowIfCancellationRequested();
            await host.Out.WriteLineAsync($"The settings can be served with; {Settings.All.Count(setting => values.Find(setting).From is not (null or SettingValues.Usual))} of {Settings.All.Length} are said{(values.File is { } read ? $", the file is {read}" : ", there is no file")}.{(served.Authority is null && !served.DevelopmentTokens ? " Nobody can sign in so far: no authority is named, and there are no development tokens." : "")}");
            return ExitCode.Done;
        });
        return command;
    }

    private static string? ValueOf(SettingValues values, Setting setting)
    {
        var found = values.Find(setting).Values;
        return found.IsEmpty ? null
            : setting.Kind == SettingKind.Switch ? (values.IsOn(setting) ? "true" : "false")
            : string.Join(", ", found.Select(setting.Shown));
    }
}
