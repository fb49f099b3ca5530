using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Decision;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Review;
using GraphRisk.Market;
using GraphRisk.Matching.Charts;
using GraphRisk.Matching.Model;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Workflow.Review;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk review</c>: pairs of records the rules left undecided, and a person's verdict on them.</summary>
internal static class ReviewCommand
{
    public static Command Build(Host host) =>
        new("review", "Pairs left to persons: list those most worth a look, tell why, judge one.") { BuildList(host), BuildExplain(host), BuildJudge(host) };

    private static ExampleCommand BuildList(Host host)
    {
        var first = new Option<int>("--first") { Description = "Pairs shown.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("list",
            "List the pairs nobody has judged, by uncertainty times the money at stake, the highest first.",
            "review list --data data", "review list --first 100 --json")
        { first, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(first) < 1) throw new UserErrorException("--first is a number from 1 on.");
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var store = await bench.OpenStoreAsync(cancellation);
            var snapshots = bench.OpenSnapshots(store, capacity: 1);
            var day = await LastDay.FindAsync(snapshots, host.Clock, cancellation) ?? DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
            var snapshot = await ScoreCommand.AtAsync(snapshots, day, cancellation);
            var queue = ReviewQueue.Of(store, new MarketReading(snapshot), WorkMeter.EndedBy(cancellation));
            var shown = queue.Take(parsed.GetValue(first)).Select(pair => new ListedPair(
                pair.Judgement.Left.ToString(), pair.Judgement.Right.ToString(), NameOf(snapshot, pair.Left), NameOf(snapshot, pair.Right),
                pair.Judgement.Score, Math.Round(pair.Uncertainty, 3), pair.AtStake, [.. pair.Judgement.Reasons])).ToList();
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new { open = queue.Length, pairs = shown }));
            else Write(host, shown, queue.Length);
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand BuildExplain(Host host)
    {
        var left = new Argument<string>("left") { Description = "One record, as 'review list' names it." };
        var right = new Argument<string>("right") { Description = "The other; the order does not matter." };
        var chart = new Option<FileInfo?>("--chart") { Description = "File for a chart of the bits, as SVG.", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("explain",
            "Tell of any two records why they are one, or why not, bit by bit, whether or not they were ever compared.",
            "review explain Person/registry:P000123 Person/broker-B001:C000017")
        { left, right, chart, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (one, other) = (IdOf(parsed.GetValue(left)!), IdOf(parsed.GetValue(right)!));
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var store = await bench.OpenStoreAsync(cancellation);
            try
            {
                var (decision, explanation) = await new Resolver(store, bench.ResolutionOptions()).ExplainAsync(one, other, cancellation);
                await TellAsync(host, decision, explanation, parsed.GetValue(chart), parsed.GetValue(json), cancellation);
            }
            catch (ReviewRefusedException refused)
            {
                throw new UserErrorException(refused.Message);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task TellAsync(Host host, PairDecision decision, PairExplanation explanation, FileInfo? chart, bool json, CancellationToken cancellation)
    {
        var steps = new List<ReasonLine>();
        foreach (var reason in explanation.Reasons)
            if (ReasonLine.TryRead(reason, out var line)) steps.Add(line);
        if (chart is not null)
        {
            var waterfall = new Waterfall([.. steps.Select(step => new WaterfallStep(step.Name, step.Evidence, (double)step.Bits))]);
            await File.WriteAllTextAsync(chart.FullName, LinkageCharts.OfPair(waterfall), cancellation);
        }

        if (json)
        {
            await host.Out.WriteLineAsync(Json.Of(new { decision.Verdict, decision.Score, decision.Bits, explanation.Judge, steps }));
            return;
        }

        var terminal = new Terminal(host.Out);
        terminal.WriteTable("Evidence", ["step", "bits", "evidence"], steps.Select(step => new[] { step.Name, step.Bits.ToString("+0.00;-0.00", CultureInfo.InvariantCulture), step.Evidence }));
        await host.Out.WriteLineAsync(FormattableString.Invariant(
            $"{decision.Bits:+0.00;-0.00} bits together, a probability of {decision.Score:0.0000}: {Said(decision.Verdict)}"));
    }

    private static string Said(Verdict? verdict) => verdict switch
    {
        Verdict.Match => "joined, unless that would join what must stay apart.",
        Verdict.Undecided => "for a person to decide.",
        Verdict.NoMatch => "told apart.",
        _ => "not worth filing.",
    };

    private static ExampleCommand BuildJudge(Host host)
    {
        var left = new Argument<string>("left") { Description = "One record, as 'review list' names it." };
        var right = new Argument<string>("right") { Description = "The other; the order does not matter." };
        var verdict = new Option<string>("--verdict") { Description = "Whether they are one party: match, no-match or undecided.", HelpName = "match|no-match|undecided", Required = true };
        verdict.AcceptOnlyFromAmong("match", "no-match", "undecided");
        var by = new Option<string>("--by") { Description = "Who judges.", HelpName = "NAME", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why, in a sentence.", HelpName = "TEXT", Required = true };
        var seenAt = new Option<DateTimeOffset?>("--seen-at") { Description = "When the pair was looked at: where somebody has judged it since, nothing is filed.", HelpName = "INSTANT" };
        var data = CommonOptions.Data();
        var command = new ExampleCommand("judge",
            "File a person's verdict on two records, in place of an earlier one. It stands until a person revokes it, whatever the rules say later.",
            "review judge Person/registry:P000123 Person/broker-B001:C000017 --verdict match --by li --reason \"one passport\"")
        { left, right, verdict, by, reason, seenAt, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (one, other) = (IdOf(parsed.GetValue(left)!), IdOf(parsed.GetValue(right)!));
            var given = parsed.GetValue(verdict) switch { "match" => Verdict.Match, "no-match" => Verdict.NoMatch, _ => Verdict.Undecided };
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var store = await bench.OpenStoreAsync(cancellation);
            var reviews = new Reviews(store, bench.ResolutionOptions());
            try
            {
                var outcome = await Filing.RunAsync(
                    host, bench.Folder, new Deed(AuditAct.Command, "review judge", $"{one}, {other}: {parsed.GetValue(verdict)} by {parsed.GetValue(by)}") { Reason = parsed.GetValue(reason) },
                    () => reviews.JudgeAsync(one, other, given, parsed.GetValue(by)!, parsed.GetValue(reason)!, host.Clock.GetUtcNow(), parsed.GetValue(seenAt), cancellation),
                    done => FormattableString.Invariant($"version {done.Append.Version.Number}"));
                await host.Out.WriteLineAsync(FormattableString.Invariant(
                    $"Filed as version {outcome.Append.Version.Number}; {outcome.SetAside} matches of the rules no longer count because of it, {outcome.Restored} count again."));
            }
            catch (ReviewRefusedException refused)
            {
                throw new UserErrorException(refused.Message);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static NodeId IdOf(string text) =>
        NodeId.TryParse(text, out var id) ? id : throw new UserErrorException($"'{text}' is no record: they are written Type/source:key, such as Person/registry:P000123.");

    private static string NameOf(Snapshot snapshot, int node) => snapshot.Nodes.GetString(node, "name") ?? "";

    private static void Write(Host host, List<ListedPair> shown, int open)
    {
        var terminal = new Terminal(host.Out);
        terminal.WriteTable("Left to persons", ["left", "right", "names", "score", "uncertainty", "at stake", "why"], shown.Select(pair => (IReadOnlyList<string>)
        [
            pair.Left, pair.Right, $"{pair.LeftName} / {pair.RightName}", pair.Score?.ToString(CultureInfo.InvariantCulture) ?? "",
            pair.Uncertainty.ToString("0.00", CultureInfo.InvariantCulture), pair.AtStake.ToString("N0", CultureInfo.InvariantCulture), string.Join("; ", pair.Reasons),
        ]));
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shown.Count} of {open} pairs."));
    }

    private sealed record ListedPair(
        string Left, string Right, string LeftName, string RightName, decimal? Score, double Uncertainty, decimal AtStake, IReadOnlyList<string> Reasons);
}
