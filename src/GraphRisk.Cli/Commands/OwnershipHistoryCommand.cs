using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Ownership;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.History;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Networks;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk ownership history</c>: how ownership of one company moved between two days, and which steps of disclosure were crossed.</summary>
internal static class OwnershipHistoryCommand
{
    /// <summary>Days whose snapshots are made together in one pass over the store.</summary>
    private const int DaysOfPass = 16;

    public static ExampleCommand Build(Host host)
    {
        var company = new Argument<string>("company") { Description = "Id of the company.", HelpName = "COMPANY" };
        var from = new Option<DateOnly>("--changes-from") { Description = "Day at whose close the history begins.", HelpName = "YYYY-MM-DD", Required = true };
        var to = new Option<DateOnly?>("--changes-to") { Description = "Day at whose close it ends; the last day the sources speak of where absent.", HelpName = "YYYY-MM-DD" };
        var semantics = new Option<OwnershipSemantics>("--semantics") { Description = "How chains of holdings add up.", DefaultValueFactory = _ => OwnershipSemantics.Corrected, CustomParser = result => Semantics(result.Tokens[0].Value) };
        var measure = new Option<ShareMeasure>("--measure") { Description = "Whether stakes are parts of the equity or of the votes; steps are of what the rule measures.", DefaultValueFactory = _ => ShareMeasure.Equity };
        var atLeast = new Option<decimal>("--at-least") { Description = "Tell stakes from this part on, such as 0.05; all where absent.", HelpName = "PART" };
        var rule = new Option<string>("--rule") { Description = $"Rule whose steps are watched: {string.Join(", ", Steps.Select(one => one.Name))}.", HelpName = "NAME", DefaultValueFactory = _ => "cn-disclosure" };
        var (knownAt, data, json) = (CommonOptions.KnownAt(), CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("history", string.Join(Environment.NewLine, [
                "How ownership of a company moved between two days: who came, went, rose and fell, day by day, with both ends of what is known.",
                "A step of disclosure that was crossed is told with the holder (together with whom an agreement binds), the limb of the rule, and the report that was due, with its day by the working calendar.",
            ]),
            "ownership history Company/registry:C000001 --changes-from 2025-01-01",
            "ownership history Company/registry:C000001 --changes-from 2024-01-01 --changes-to 2025-01-01 --at-least 0.05 --json",
            "ownership history Company/registry:C000001 --changes-from 2025-01-01 --known-at 2025-06-30T00:00:00Z --measure votes")
        { company, from, to, semantics, measure, atLeast, rule, knownAt, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var question = new HistoryQuestion(
                new LookThroughQuestion(parsed.GetValue(semantics)) { Threshold = parsed.GetValue(atLeast) is >= 0 and <= 1 and var part ? part : throw new UserErrorException("--at-least is a part from 0 to 1: 0.05 is 5%.") },
                parsed.GetValue(measure), Named(parsed.GetValue(rule)!), MarketReading.OfLaw);
            await using var folder = await OwnershipFolder.OpenAsync(host, parsed, data, parsed.GetValue(to), parsed.GetValue(knownAt), cancellation);
            var report = await FindAsync(folder, folder.Find(parsed.GetValue(company)!, company: true), parsed.GetValue(from), question, cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(report.Document()));
            else report.Write(new Terminal(host.Out));
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<OwnershipRule> Steps => RuleBook.Shipped.All.Where(rule => rule.Topic == RuleTopic.Disclosure);

    private static OwnershipRule Named(string name) =>
        Steps.FirstOrDefault(rule => rule.Name == name) ?? throw new UserErrorException($"'{name}' is no rule with steps. Rules: {string.Join(", ", Steps.Select(rule => rule.Name))}.");

    private static OwnershipSemantics Semantics(string word) => Enum.TryParse<OwnershipSemantics>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var known)
        ? known : throw new UserErrorException($"'{word}' is no way in which chains add up: walk, corrected or simple-path.");

    private static async Task<HistoryReport> FindAsync(OwnershipFolder folder, int company, DateOnly from, HistoryQuestion question, CancellationToken cancellation)
    {
        var (last, meter) = (folder.Snapshot, WorkMeter.EndedBy(cancellation));
        if (from > last.Stamp.AsOfDay) throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"--changes-from must not be after {last.Stamp.AsOfDay:yyyy-MM-dd}, with which the history ends."));
        var changing = await ChangeDays.FindAsync(folder.Store, last, company, from, meter, cancellation);
        var days = new List<OwnershipDay>();
        foreach (var pass in changing.Days.Prepend(from).Chunk(DaysOfPass))
            foreach (var seen in await folder.Snapshots.PassAllAsync([.. pass.Select(Validity.CloseOf)], last.Stamp.KnownAt, Entitlement.Whole, cancellation))
                days.Add(OwnershipDay.Of(seen, last, company, question, meter));
        return new HistoryReport(last, company, from, question, OwnershipHistory.Between(days), changing.IsComplete, folder.Bench.Calendar());
    }

    /// <summary>A history as it is told.</summary>
    private sealed record HistoryReport(
        Snapshot Last, int Company, DateOnly From, HistoryQuestion Question, IReadOnlyList<HistoryDay> Days, bool IsComplete, WorkingCalendar Calendar)
    {
        public object Document() => new
        {
            company = NameOf(Company), from = From, to = Last.Stamp.AsOfDay, knownAt = Last.Stamp.KnownAt, semantics = Question.Stakes.Semantics, Question.Measure, atLeast = Question.Stakes.Threshold,
            rule = Question.Rule.Name, IsComplete,
            days = Days.Select(day => new
            {
                day.Day,
                changes = day.Changes.Select(change => new { holder = NameOf(change.Holder), change.Kind, before = Ends(change.Before), after = Ends(change.After) }),
                crossings = day.Crossings.Select(Told),
                findings = day.Findings.Select(finding => new { finding.Kind, companies = finding.Companies.Select(NameOf), finding.Detail }),
            }),
        };

        public void Write(Terminal terminal)
        {
            terminal.WriteFigures($"Ownership of {NameOf(Company)}",
            [
                ("from the close of", Day(From)), ("to the close of", Day(Last.Stamp.AsOfDay)), ("known at", Last.Stamp.KnownAt.ToString("u", CultureInfo.InvariantCulture)),
                ("days on which it changed", Days.Count.ToString(CultureInfo.InvariantCulture)),
                .. IsComplete ? Array.Empty<(string, string)>() : [("days", "some may be missing: more lies behind the company than is looked at")],
            ]);
            terminal.WriteTable("Stakes", ["day", "holder", "change", "before", "after"],
                Days.SelectMany(day => day.Changes).Select(change => (string[])[Day(change.Day), NameOf(change.Holder), change.Kind.ToString().ToLowerInvariant(), Range(change.Before), Range(change.After)]));
            terminal.WriteTable($"Steps by {Question.Rule.Name}", ["day", "holder", "limb", "step", "", "before", "after", "report due"],
                Days.SelectMany(day => day.Crossings).Select(crossing => (string[])
                [
                    Day(crossing.Day), string.Join(" + ", crossing.Holders.Select(NameOf)), $"{crossing.Limb.Name} ({crossing.Limb.Article})",
                    $"{crossing.Direction.ToString().ToLowerInvariant()} {string.Join(' ', crossing.Steps.Select(Part))}", crossing.Holds.ToString().ToLowerInvariant(),
                    Range(crossing.Before), Range(crossing.After), Due(crossing),
                ]));
            foreach (var finding in Days.SelectMany(day => day.Findings).Select(finding => finding.Detail).Distinct()) terminal.WriteLine(finding);
            foreach (var report in Days.SelectMany(day => day.Crossings).Select(crossing => DueReport.Of(crossing, Calendar)?.Unknown).Distinct())
                if (report is not null) terminal.WriteLine(report);
        }

        private object Told(StepCrossing crossing) => new
        {
            holders = crossing.Holders.Select(NameOf), agreement = crossing.Holder.Agreement < 0 ? null : NameOf(crossing.Holder.Agreement), limb = crossing.Limb.Name, crossing.Limb.Article,
            crossing.Direction, crossing.Steps, crossing.Holds, crossing.Applies, before = Ends(crossing.Before), after = Ends(crossing.After), report = DueReport.Of(crossing, Calendar),
        };

        private string Due(StepCrossing crossing) => DueReport.Of(crossing, Calendar) switch
        {
            null => "none",
            { DueOn: { } day } => Day(day),
            var report => string.Create(CultureInfo.InvariantCulture, $"within {report.WithinWorkingDays} working days"),
        };

        private string NameOf(int node) => Last.Nodes.IdOf(node).ToString();

        private static object? Ends(PartFigure? figure) => figure is null ? null : new { figure.Lower, figure.Stated, figure.Upper };

        private static string Range(PartFigure? figure) => figure is null ? "-" : figure.Lower == figure.Upper ? Part(figure.Stated) : $"{Part(figure.Lower)}..{(figure.Upper is { } most ? Part(most) : "?")}";

        private static string Part(decimal part) => (part * 100).ToString("0.####", CultureInfo.InvariantCulture) + "%";

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
