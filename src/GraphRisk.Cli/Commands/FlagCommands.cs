using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk quarantine accept</c> and <c>reopen</c>: what a person decides about a row that landed flagged.</summary>
internal static class FlagCommands
{
    public static ExampleCommand BuildAccept(Host host) => Build(
        host, "accept", accepts: true,
        "File that a row that landed flagged is right as it stands, such as an identifier that its register issued though it fails its own check. The flag is no longer open, in later deliveries either; another value is flagged again.",
        "quarantine accept 3f2a9c --by li --reason \"the original document has this number\"");

    public static ExampleCommand BuildReopen(Host host) => Build(
        host, "reopen", accepts: false,
        "Take back that a flagged row is right as it stands. Both decisions stay on record.",
        "quarantine reopen 3f2a9c --by wang --reason \"the copy was of somebody else\"");

    private static ExampleCommand Build(Host host, string name, bool accepts, string description, string example)
    {
        var id = new Argument<string>("id") { Description = "The row, as 'quarantine list' names it, or the beginning of its id." };
        var by = new Option<string>("--by") { Description = "Who decides.", HelpName = "NAME", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why, in a sentence.", HelpName = "TEXT", Required = true };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(name, description, example) { id, by, reason, data, json };
        command.SetAction(async (parsed, _) =>
        {
            var (who, why) = (parsed.GetValue(by)!.Trim(), parsed.GetValue(reason)!.Trim());
            if (who.Length == 0 || why.Length == 0) throw new UserErrorException("--by and --reason must say something.");
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            using var log = bench.OpenQuarantine();
            try
            {
                var entry = await Filing.RunAsync(
                    host, bench.Folder, new Deed(AuditAct.Command, $"quarantine {name}", $"{parsed.GetValue(id)} by {who}") { Reason = why },
                    () => Task.FromResult(log.Decide(parsed.GetValue(id)!, new FlagDecision(accepts, who, why, host.Clock.GetUtcNow()))),
                    done => string.Create(CultureInfo.InvariantCulture, $"{done.Id} {done.State}"));
                if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(entry));
                else await host.Out.WriteLineAsync($"{entry.Id} is {(accepts ? "accepted as it stands" : "open again")}; {Counted.Of(log.OpenCount, "row")} open.");
            }
            catch (FlagRefusedException refused)
            {
                throw new UserErrorException(refused.Message);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
