using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Decisions;
using GraphRisk.Cli.Output;

namespace GraphRisk.Cli.Recovery;

/// <summary>A command that files what follows from the records of a day; given again it files nothing.</summary>
/// <param name="Verb">What it is called.</param>
/// <param name="Description">What it does.</param>
/// <param name="Mutation">The command of GraphQL.</param>
/// <param name="Lists">Names of the lists its answer has, in order.</param>
/// <param name="Example">How it is typed.</param>
internal sealed record RoundCommand(string Verb, string Description, string Mutation, IReadOnlyList<string> Lists, string Example)
{
    /// <summary>It looks at the contracts of all, of which there may be millions.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ExampleCommand Build(CaseCommands commands)
    {
        var day = new Option<DateOnly>("--date") { Description = "The day at whose close it is looked.", Required = true, HelpName = "YYYY-MM-DD" };
        var actor = commands.Actor();
        var command = new ExampleCommand(Verb, Description, Example, $"{Example} --role broker --of B001 --json") { day };
        CaseCommands.Add(command, actor);
        command.SetAction((parsed, cancellation) => commands.RunAsync(parsed, actor, null, async session =>
        {
            var document = $"mutation($day: Date!) {{ {Mutation}(day: $day) {{ {string.Join(" ", Lists.Select(list => $"{list} {{ reference contracts {{ nodes {{ id }} }} }}"))} }} }}";
            var done = (await session.AskAsync(document, new JsonObject { ["day"] = parsed.GetValue(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, cancellation))[Mutation]!.AsObject();
            if (parsed.GetValue(actor.Json)) await commands.Out.WriteLineAsync(done.ToJsonString(Json.Options));
            else foreach (var list in Lists)
                await commands.Out.WriteLineAsync($"{list}: {done[list]!.AsArray().Count}{string.Concat(done[list]!.AsArray().Select(one => $" {one!["reference"]}"))}");
        }, cancellation, Longest));
        return command;
    }
}
