using System.CommandLine;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Decisions;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;
using GraphRisk.Scoring.Models;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Workflow.CreditReviews;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.CreditReviews;

/// <summary><c>graphrisk reviews</c>: reviews of clients by grade, from the day's round to what is decided about their lines.</summary>
internal static class ReviewsCommand
{
    private const string Conclude = "conclude";

    private static readonly string[] ConcludingExamples =
    [
        "--line-treatment FROZEN --reason \"two calls met late\"",
        "--line-treatment TO_BE_REDUCED --amount 500000 --due-on 2025-12-31 --reason \"one security makes most of the collateral\"",
    ];

    private const string NoModel = "No model scores yet: every client is followed as one whose grade is unknown, whose line may grow as nothing is known against it. 'graphrisk score' trains one.";

    public static Command Build(Host host)
    {
        var commands = new CaseCommands(host, CaseKind.CreditReview, new Dictionary<Role, string> { [Role.Broker] = "monitoring", [Role.Regulator] = "supervision" }, "reviews")
        {
            Filters = [("team", "Those of a team, such as CREDIT_RISK: its inbox.")],
            Columns =
            [
                CaseCommands.Column("cause", "cause"), CaseCommands.Column("grade", "grade"), CaseCommands.Column("owes", "exposure"), CaseCommands.Column("due on", "dueOn"),
                CaseCommands.Column("proposed", "proposedTreatment"), CaseCommands.Column("decided", "lineTreatment"), CaseCommands.Column("next", "nextReviewOn"),
            ],
            Told = new Dictionary<(string Move, string Field), string>
            {
                [(Conclude, "")] = "Decide how the line of a review you took is treated from now on; the client is due again after the interval of its grade. Where the grade asks for two persons, or the line is treated more mildly than proposed, another person gives the same command with the same figures, or 'disagree'.",
                [(Conclude, "lineTreatment")] = "How the line is treated from now on. MAY_GROW: more may be granted; FROZEN: nothing on top of what is owed; TO_BE_REDUCED: nothing, and what is owed has to come down to --amount by --due-on. Milder than the grade proposes takes two persons.",
                [(Conclude, "amount")] = "With TO_BE_REDUCED, which needs it, and with no other: what may be owed at most, yuan, below what is owed.",
                [(Conclude, "dueOn")] = "With TO_BE_REDUCED, which needs it, and with no other: the day to come by which no more than --amount may be owed.",
                [(Conclude, "reason")] = "Why the line is treated so; kept with the review.",
                [(Conclude, "document")] = "The paper it rests on, such as minutes of the credit committee.",
            },
            Examples = ConcludingExamples.ToLookup(_ => Conclude),
        };
        var command = new Command("reviews", "Reviews of clients by grade: file those due on a day, list them, take one, decide how the line is treated from now on, agree or disagree as the second person.") { BuildFile(host) };
        foreach (var one in commands.All()) command.Add(one);
        return command;
    }

    /// <summary>Files the round of a day over a store that is open.</summary>
    /// <param name="host">Clock and writers.</param>
    /// <param name="bench">The data folder.</param>
    /// <param name="store">Its store.</param>
    /// <param name="snapshots">Its snapshots.</param>
    /// <param name="model">The model that grades; null where none does.</param>
    /// <param name="days">The day, and the last the sources have reached.</param>
    /// <param name="cancellation">Ends the round.</param>
    public static async Task<ReviewedDay> FileAsync(
        Host host, Workbench bench, IGraphStore store, SnapshotProvider snapshots, CreditModel? model, (DateOnly Asked, DateOnly Last) days, CancellationToken cancellation)
    {
        if (model is null) await host.Error.WriteLineAsync(NoModel);
        try
        {
            return await new ReviewRounds(store, snapshots, model, bench.Calendar()).FileAsync(days.Asked, days.Last, host.Clock.GetUtcNow(), cancellation)
                ?? throw new UserErrorException("The store knows no price up to that day.");
        }
        catch (YearWithoutCalendarException error)
        {
            throw UserErrorException.BeyondCalendar(error);
        }
    }

    private static ExampleCommand BuildFile(Host host)
    {
        var date = new Option<DateOnly?>("--date") { Description = "The day of the data whose round is filed: the last trading day at or before it; the last day the sources speak of where absent.", HelpName = "YYYY-MM-DD" };
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("file",
            "File which clients have to be reviewed on a day: those whose debt did not come down as decided, whose grade fell, whose interval is over, who were never reviewed since they owe. Twice it files nothing twice.",
            "reviews file --date 2025-09-30 --data data", "reviews file --json")
        { date, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            var filed = await Filing.RunAsync(
                host, bench.Folder, new Deed(AuditAct.Command, "reviews file", $"round of {parsed.GetValue(date)?.ToString("O") ?? "the last day"}"),
                () => FileAsync(host, bench, parsed.GetValue(date), cancellation),
                done => FormattableString.Invariant($"{done.Day:yyyy-MM-dd}: {done.Brokers.Sum(one => one.Required)} required"));
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(filed));
            else Write(new Terminal(host.Out), filed);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ReviewedDay> FileAsync(Host host, Workbench bench, DateOnly? asked, CancellationToken cancellation)
    {
        await using var store = await bench.OpenStoreAsync(cancellation);
        using var model = FiledRecords.Registry(bench.Folder).OpenChampion();
        var snapshots = bench.OpenSnapshots(store, capacity: 1);
        var last = await LastDay.OrAskedAsync(null, snapshots, host.Clock, cancellation);
        return await FileAsync(host, bench, store, snapshots, model, (LastDay.Reached(asked, last), last), cancellation);
    }

    private static void Write(Terminal terminal, ReviewedDay day)
    {
        terminal.WriteTable(
            FormattableString.Invariant($"Reviews of {day.Day:yyyy-MM-dd}"), ["broker", "due", "required", "regraded", "lapsed"],
            day.Brokers.Select(one => (IReadOnlyList<string>)[one.Broker.Key, $"{one.Due}", $"{one.Required}", $"{one.Regraded}", $"{one.Lapsed}"]));
        terminal.WriteLine($"Graded management {day.RulesVersion}, model {day.Model?[..12] ?? "none"}. A client that lets its broker know no grade is proposed MAY_GROW: nothing is known against its line, and each application is decided by itself. 'graphrisk reviews list --of BROKER' shows a desk what is due.");
    }
}
