using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Stress;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Workflow.Stress;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk stress</c>: a scenario over all accounts of the store.</summary>
internal static class StressCommand
{
    private const string Samples = "samples/scenarios";

    public static Command Build(Host host)
    {
        var scenario = new Option<FileInfo>("--scenario") { Description = $"What is supposed to happen: JSON; see {Samples}.", HelpName = "FILE", Required = true };
        var by = new Option<StressDivision>("--by") { Description = "By what to divide the answer.", DefaultValueFactory = _ => StressDivision.Broker };
        var asOf = CommonOptions.AsOf();
        var until = new Option<DateOnly?>("--until") { Description = "Later day, up to which to tell what really happened beside the scenario.", HelpName = "YYYY-MM-DD" };
        var output = new Option<FileInfo?>("--out") { Description = "JSON file to write the answer to; only its owner may read it.", HelpName = "FILE" };
        var purpose = CommonOptions.Purpose("What the answer is written for; needed with --out.", isRequired: false);
        var drawing = new LossDrawing();
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("stress",
            "Put all accounts under a scenario: who is called, what is sold by force, who fails, who bears the loss, before and after each round. "
            + "A loss of the scenario is what it leaves uncovered for certain, net of collateral, clients' means and guarantees, over the time of the scenario; "
            + "the expected loss of --draws is a mean over a year's defaults by their probabilities, each losing --lgd of its debt at least, "
            + "in the same state of the market: the two are not to be added or compared.",
            $"stress --scenario {Samples}/fall-20.json",
            $"stress --scenario {Samples}/crash-quarter.json --as-of 2024-09-30 --by jurisdiction",
            $"stress --scenario {Samples}/fall-20.json --as-of 2025-03-31 --until 2025-06-30",
            $"stress --scenario {Samples}/dry-market.json --by client --out stress.json --purpose supervision",
            $"stress --scenario {Samples}/fall-20.json --draws 10000 --confidence 0.999 --lgd 0.3")
        { scenario, by, asOf, until, output, purpose, data, json };
        foreach (var option in drawing.Options) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(output) is not null && parsed.GetValue(purpose) is null)
                throw new UserErrorException("--out writes the accounts of clients: say with --purpose what for.");
            var declared = parsed.GetValue(purpose) is null ? null : parsed.Purpose(purpose);
            var supposed = await ReadAsync(parsed.GetValue(scenario)!, cancellation);
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            OwnersFile.Require(parsed.GetValue(output), bench.Folder);
            await using var store = await bench.OpenStoreAsync(cancellation);
            var snapshots = bench.OpenSnapshots(store, capacity: 2);
            var last = await LastDay.OrAskedAsync(null, snapshots, host.Clock, cancellation);
            var snapshot = await ScoreCommand.AtAsync(snapshots, await LastDay.OrAskedAsync(parsed.GetValue(asOf), snapshots, host.Clock, cancellation), cancellation);
            await LastDay.WarnOfThoseBehindAsync(snapshot, host.Error);
            var history = supposed.Replay is { } replay && replay.To > snapshot.Stamp.AsOfDay
                ? await ScoreCommand.AtAsync(snapshots, replay.To < last ? replay.To : last, cancellation)
                : null;
            var answer = Run(supposed, snapshot, history);
            var rows = StressTable.Of(answer, parsed.GetValue(by));
            var unshocked = StressTable.Of(Run(supposed.WithoutShock(), snapshot, null), parsed.GetValue(by))
                .ToDictionary(row => row.Key, row => row.After, StringComparer.Ordinal);
            if (rows.IsEmpty)
                await host.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"Nothing to put under stress: no contract under which something is owed was stated up to {snapshot.Stamp.AsOfDay:yyyy-MM-dd}; "
                        + $"the sources reach {last:yyyy-MM-dd}."));
            var actual = parsed.GetValue(until) is { } end ? await OutcomeAsync(snapshots, answer, parsed.GetValue(by), end, last, cancellation) : default(ImmutableArray<StressOutcomeRow>?);
            var drawn = drawing.Draw(parsed, bench.Folder, answer);
            var text = JsonSerializer.Serialize(ReportOf(answer, parsed.GetValue(by), rows, unshocked, drawn, actual), Json.OfMoney);
            if (parsed.GetValue(output) is { } file)
                await Filing.RunAsync(
                    host, bench.Folder, new Deed(AuditAct.Export, "stress --out", file.FullName) { Purpose = declared },
                    () => WriteAsync(file, text, rows.Length), written => FormattableString.Invariant($"{written} rows"));
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(text);
            else Write(host, answer, parsed.GetValue(by), rows, unshocked, drawn);
            if (actual is { } happened && !parsed.GetValue(json)) WriteOutcome(host, parsed.GetValue(by), parsed.GetValue(until)!.Value, rows, happened);
            return ExitCode.Done;
        });
        return command;
    }

    private static StressAnswer Run(Scenario scenario, Snapshot snapshot, Snapshot? history)
    {
        try
        {
            return StressTest.Run(scenario, new MarketReading(snapshot), history);
        }
        catch (ScenarioException error)
        {
            throw new UserErrorException(error.Message);
        }
    }

    /// <summary>Reads a scenario.</summary>
    internal static async Task<Scenario> ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        if (!file.Exists) throw new UserErrorException($"There is no file '{file.FullName}'.");
        try
        {
            return ScenarioReader.Parse(await File.ReadAllTextAsync(file.FullName, cancellation), file.Name);
        }
        catch (ScenarioException error)
        {
            throw new UserErrorException(error.Message);
        }
    }

    private static async Task<int> WriteAsync(FileInfo file, string text, int rows)
    {
        await using var writer = new StreamWriter(OwnersFile.Create(file.FullName));
        await writer.WriteLineAsync(text);
        return rows;
    }

    private static object ReportOf(
        StressAnswer answer, StressDivision by, IReadOnlyList<StressRow> rows, Dictionary<string, StressFigures> unshocked, StressedLosses? drawn, ImmutableArray<StressOutcomeRow>? actual) => new
    {
        scenario = answer.Scenario.Name,
        asOf = answer.Market.Snapshot.Stamp.AsOfDay,
        by,
        isComplete = answer.Ended,
        failedBrokers = answer.FailedBrokers.Select(node => answer.Market.Snapshot.Nodes.IdOf(node).Key),
        balance = answer.Balance,
        buyersLosses = answer.BuyersLosses,
        rounds = answer.Rounds.Select(round => new { round.Phase, round.Day }),
        correlatedDefaults = LossDrawing.ReportOf(drawn, answer.Market.Snapshot),
        rows = rows.Select(row => new { row.Key, row.NetCapital, lossesToNetCapital = row.LossesToNetCapital is { } part ? decimal.Round(part, 12) : (decimal?)null, withoutShock = unshocked[row.Key], row.Rounds }),
        actual = actual?.Select(row => new { row.Key, row.PriceMove, row.Contracts, row.Repaid, row.Debt, row.Collateral, row.Calls, row.Liquidated, row.Defaults, row.DefaultsSince, row.Uncovered }),
    };

    private static async Task<ImmutableArray<StressOutcomeRow>> OutcomeAsync(
        SnapshotProvider snapshots, StressAnswer answer, StressDivision by, DateOnly until, DateOnly last, CancellationToken cancellation)
    {
        var stamp = answer.Market.Snapshot.Stamp;
        if (until <= stamp.AsOfDay || until > last) throw new UserErrorException(FormattableString.Invariant($"--until lies after {stamp.AsOfDay:yyyy-MM-dd} and not after {last:yyyy-MM-dd}, which the sources reach."));
        var later = await snapshots.GetAsync(Validity.CloseOf(until), stamp.KnownAt, cancellation: cancellation);
        return StressOutcome.Of(answer, by, new MarketReading(later), WorkMeter.EndedBy(cancellation));
    }

    private static void WriteOutcome(Host host, StressDivision by, DateOnly until, IReadOnlyList<StressRow> rows, ImmutableArray<StressOutcomeRow> actual)
    {
        var key = by.ToString().ToLowerInvariant();
        string Show(IFormattable? number, string format = "N0") => number?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
        new Terminal(host.Out).WriteTable(
            FormattableString.Invariant($"By {key}: supposed beside what happened up to {until:yyyy-MM-dd}"),
            [key, "price move", "most calls", "calls made", "defaults", "really", "of them since", "uncovered", "really"],
            rows.Zip(actual, (row, fate) => (IReadOnlyList<string>)
            [
                row.Key, Show(fate.PriceMove, "0.0%"), Show(row.Rounds.Max(round => round.Calls)), Show(fate.Calls), Show(row.After.Defaults), Show(fate.Defaults), Show(fate.DefaultsSince), Show(row.After.Uncovered), Show(fate.Uncovered),
            ]));
    }

    private static void Write(
        Host host, StressAnswer answer, StressDivision by, IReadOnlyList<StressRow> rows, Dictionary<string, StressFigures> unshocked, StressedLosses? drawn)
    {
        static string Show(decimal amount) => amount.ToString("N0", CultureInfo.InvariantCulture);
        var terminal = new Terminal(host.Out);
        terminal.WriteFigures($"Scenario {answer.Scenario.Name} as of {answer.Market.Snapshot.Stamp.AsOfDay:yyyy-MM-dd}",
        [
            ("lost on collateral", Show((decimal)answer.Balance.PriceLosses)),
            ("not covered before", Show((decimal)answer.Balance.UncoveredBefore)),
            ("borne by clients", Show((decimal)answer.Balance.ClientCollateral)),
            ("paid by clients and guarantors", Show((decimal)answer.Balance.PaidByParties)),
            ("borne by brokers", Show((decimal)answer.Balance.BrokerLosses)),
            ("rounds", answer.Rounds.Length.ToString(CultureInfo.InvariantCulture) + (answer.Ended ? "" : ", cut off")),
        ]);
        var key = by.ToString().ToLowerInvariant();
        terminal.WriteTable(
            $"By {key}: lines and sales", [key, "debt", "below call line", "most below it", "most to top up", "forced sales", "unsold"],
            rows.Select(row => (IReadOnlyList<string>)
            [
                row.Key, Show(row.Before.Debt), Show(row.Before.DebtBelowCallLine), Show(row.Rounds.Max(round => round.DebtBelowCallLine)), Show(row.Rounds.Max(round => round.TopUp)),
                Show(row.After.ForcedSales), Show(row.After.Unsold),
            ]));
        terminal.WriteTable(
            $"By {key}: defaults and losses", [key, "defaults", "without the shock", "uncovered before", "uncovered", "losses", "without the shock"],
            rows.Select(row => (IReadOnlyList<string>)
            [
                row.Key, row.After.Defaults.ToString(CultureInfo.InvariantCulture), unshocked[row.Key].Defaults.ToString(CultureInfo.InvariantCulture),
                Show(row.Before.Uncovered), Show(row.After.Uncovered), Show(row.After.Losses), Show(unshocked[row.Key].Losses),
            ]));
        terminal.WriteLine(
            "Uncovered is debt beyond collateral; losses are what is left of it once clients and guarantors have paid what they can; "
            + "'without the shock' is what contracts below their lines or in disposal come to by themselves under the same rules of the scenario: how deep markets are, "
            + "what is suspended, who keeps selling. A shock that closes contracts early can leave less to lose than waiting.");
        if (drawn is not null) LossDrawing.Write(terminal, drawn, answer.Market.Snapshot);
    }
}
