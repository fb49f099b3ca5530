using System.CommandLine;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Decisions;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.Warnings;

/// <summary><c>graphrisk warnings</c>: early warnings, from the day's round to the desk; and what rules would have said of days that have passed.</summary>
internal static class WarningsCommand
{
    public static Command Build(Host host)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Tell what the rules would have said over the days from --from to --to and what came of it; files nothing." };
        var from = new Option<DateOnly?>("--from") { Description = "First day of the dry run.", HelpName = "YYYY-MM-DD" };
        var to = new Option<DateOnly?>("--to") { Description = "Last day of the dry run.", HelpName = "YYYY-MM-DD" };
        var (rules, capacity) = (Rules(), Capacity());
        var model = new Option<string?>("--model") { Description = "The model that scores in the dry run; the champion where absent. One that was trained with --as-of knew no more than that day.", HelpName = "VERSION" };
        var purpose = CommonOptions.Purpose("Name, by their records, whom the rules would have named in the last five days, and say what for.", isRequired: false);
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var commands = Cases(host);
        var command = new ExampleCommand("warnings",
            "Early warnings: find and file those of a day, list them, take them on, put them off, settle them; and, with --dry-run, what rules would have said of days that have passed.",
            "warnings --dry-run --from 2025-07-01 --to 2025-09-30 --data data",
            "warnings --dry-run --from 2025-07-01 --to 2025-09-30 --rules rules.json --capacity 10 --json")
        { dryRun, from, to, rules, capacity, model, purpose, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!parsed.GetValue(dryRun)) throw new UserErrorException("Say what to do: 'warnings file', 'warnings list', or --dry-run with --from and --to; 'warnings --help' names all.");
            if (parsed.GetValue(from) is not { } first || parsed.GetValue(to) is not { } last || last < first) throw new UserErrorException("--dry-run needs --from and, no earlier, --to.");
            var declared = parsed.GetValue(purpose) is null ? null : parsed.Purpose(purpose);
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            var report = await WarningRuns.DryAsync(host, bench, (first, last), parsed.GetValue(rules), parsed.GetValue(capacity), parsed.GetValue(model), cancellation);
            if (declared is not null) await Filing.NoteAsync(host, bench.Folder, new Deed(AuditAct.Export, "warnings --dry-run", $"{report.LastWeek.Length} clients named") { Purpose = declared });
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(DryRunSheet.ToJson(report, areNamed: declared is not null)));
            else DryRunSheet.Write(new Terminal(host.Out), report, areNamed: declared is not null);
            return ExitCode.Done;
        });
        command.Add(BuildFile(host));
        foreach (var one in commands.All()) command.Add(one);
        return command;
    }

    private static CaseCommands Cases(Host host) => new(host, CaseKind.Warning, new Dictionary<Role, string> { [Role.Broker] = "monitoring", [Role.Regulator] = "supervision" }, "warnings")
    {
        Order = "{ expectedLoss: DESC }, ",
        Filters = [("team", "Those of a team, such as MARGIN_DESK: its inbox.")],
        Columns =
        [
            CaseCommands.Column("team", "team"), CaseCommands.Column("severity", "severity"), CaseCommands.Column("due on", "dueOn"),
            CaseCommands.Column("expected loss", "expectedLoss"),
            ("signs", "signs { nodes { rule } }", row => string.Join(", ", row["signs"]!["nodes"]!.AsArray().Select(sign => $"{sign!["rule"]}").Distinct(StringComparer.Ordinal))),
        ],
    };

    private static ExampleCommand BuildFile(Host host)
    {
        var date = new Option<DateOnly?>("--date") { Description = "The day of the data whose round is filed: the last trading day at or before it; the last day the sources speak of where absent.", HelpName = "YYYY-MM-DD" };
        var (rules, capacity) = (Rules(), Capacity());
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("file",
            "File the round of a day: find whom the rules name, gather their signs in the warnings that are open, open new ones, wake those put off until the day, pass on those nobody took in time. Twice it files nothing twice.",
            "warnings file --date 2025-09-30 --data data", "warnings file --json")
        { date, rules, capacity, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            var filed = await Filing.RunAsync(
                host, bench.Folder, new Deed(AuditAct.Command, "warnings file", $"round of {parsed.GetValue(date)?.ToString("O") ?? "the last day"}"),
                () => WarningRuns.FileAsync(host, bench, parsed.GetValue(date), parsed.GetValue(rules), parsed.GetValue(capacity), cancellation),
                done => FormattableString.Invariant($"{done.Day:yyyy-MM-dd}: {done.Brokers.Sum(one => one.Filed.Opened)} opened, {done.Brokers.Sum(one => one.Filed.Added)} added to"));
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(RoundSheet.ToJson(filed)));
            else RoundSheet.Write(new Terminal(host.Out), filed);
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<FileInfo?> Rules() => new("--rules") { Description = "Rules in place of the shipped ones and of brokers' own in warning-rules/CODE.json of the data folder: a file as src/GraphRisk.Workflow/Warnings/Rules/early-warnings.json.", HelpName = "FILE" };

    private static Option<int?> Capacity()
    {
        var capacity = new Option<int?>("--capacity") { Description = "Clients a broker's desk can be warned of a day; as its policy says where absent.", HelpName = "N" };
        capacity.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() <= 0) result.AddError("--capacity is at least 1.");
        });
        return capacity;
    }
}
