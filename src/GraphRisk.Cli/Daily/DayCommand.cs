using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;

namespace GraphRisk.Cli.Daily;

/// <summary>
/// <c>graphrisk day</c>: the round of a day. Its steps are the commands that do them one by one, in an order in which each finds what it rests on; each
/// records nothing twice, so a round that was cut off is gone through again from its beginning and ends where it would have. For that no step may find what a later one files: scores,
/// warnings and reviews look at who is in default, and so come after the defaults of the day.
/// </summary>
internal static class DayCommand
{
    /// <summary>The steps, as the words of their commands. DAY stands for the day, DATA for the data folder, SOURCES for what came.</summary>
    private static readonly (string Name, string[] Words)[] Steps =
    [
        ("import", ["import", "SOURCES", "--data", "DATA"]),
        ("resolve", ["resolve", "--data", "DATA"]),
        ("calls", ["calls", "file", "--date", "DAY", "--data", "DATA"]),
        ("defaults", ["default", "derive", "--date", "DAY", "--data", "DATA"]),
        ("score", ["score", "--file", "--changed", "--as-of", "DAY", "--data", "DATA"]),
        ("warnings", ["warnings", "file", "--date", "DAY", "--data", "DATA"]),
        ("reviews", ["reviews", "file", "--date", "DAY", "--data", "DATA"]),
    ];

    public static ExampleCommand Build(Host host)
    {
        var date = new Option<DateOnly>("--date") { Description = "The day at whose close the round is made.", HelpName = "YYYY-MM-DD", Required = true };
        var sources = new Option<string[]>("--sources") { Description = "Files and folders that came since the last round; nothing is imported where absent.", HelpName = "PATH", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
        var recordedAt = new Option<DateTimeOffset?>("--recorded-at") { Description = "The instant at which all of it becomes known; now where absent.", HelpName = "INSTANT" };
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("day",
            "The round of a day: import what came, resolve, call, derive defaults, file the scores that changed, warn, require reviews. Given again, or after it was cut off, it doubles nothing.",
            "day --date 2025-09-30 --data data",
            "day --date 2025-09-30 --sources deliveries/2025-09-30 --json")
        { date, sources, recordedAt, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = (parsed.GetValue(sources) is null or [] ? parsed.FilledFolder(data, host) : parsed.Folder(data)).Path;
            var day = parsed.GetValue(date).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var (clock, isJson) = (parsed.GetValue(recordedAt) is { } instant ? new ClockAt(instant, host.Clock) : host.Clock, parsed.GetValue(json));
            var done = new JsonObject { ["day"] = day };
            var worst = ExitCode.Done;
            foreach (var (name, words) in Steps)
            {
                if (words.Contains("SOURCES") && parsed.GetValue(sources) is null or []) continue;
                var told = new StringWriter(CultureInfo.InvariantCulture);
                string[] typed =
                [
                    .. words.SelectMany(word => word switch { "DAY" => [day], "DATA" => [folder], "SOURCES" => parsed.GetValue(sources)!, _ => new[] { word } }),
                    .. isJson ? ["--json"] : Array.Empty<string>(),
                ];
                if (!isJson) await host.Out.WriteLineAsync($"== {name}");
                var code = await CommandLine.RunAsync(typed, host with { Clock = clock, Out = isJson ? told : host.Out }, cancellation);
                // Rows in quarantine are told by the import and end no round.
                if (code is not (ExitCode.Done or ExitCode.Quarantined))
                {
                    await host.Error.WriteLineAsync($"The round of {day} ended at '{name}': what was recorded stays, give the command again to go on.");
                    return code;
                }

                worst = Math.Max(worst, code);
                if (isJson) done[name] = JsonNode.Parse(told.ToString());
            }

            if (isJson) await host.Out.WriteLineAsync(done.ToJsonString(Json.Options));
            return worst;
        });
        return command;
    }
}
