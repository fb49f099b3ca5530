using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Stress;

/// <summary>What happens at one time, by row of the security.</summary>
/// <param name="Day">Day of the recorded closes; null for a shock that is made up.</param>
/// <param name="Moves">Relative move of each price since the step before.</param>
/// <param name="Suspended">Which cannot be sold.</param>
public sealed record StressStep(DateOnly? Day, double[] Moves, bool[] Suspended);

/// <summary>
/// A scenario held against what a graph knows: moves and suspensions of every security, step by step.
/// <para>
/// A security is suspended where its last statement says so, where the scenario names it, and, in a replay, on a day without a
/// close of its own while others have one; its mark is its last close. One that never had a close does not move.
/// </para>
/// </summary>
public static class ScenarioSteps
{
    /// <summary>The steps.</summary>
    /// <param name="scenario">What is supposed.</param>
    /// <param name="book">The reading whose accounts are put under stress; it numbers the securities.</param>
    /// <param name="history">A snapshot that reaches the last day of a replay; the book's own where null.</param>
    /// <exception cref="ScenarioException">It names what is not there.</exception>
    public static ImmutableArray<StressStep> Of(Scenario scenario, MarketReading book, Snapshot? history = null)
    {
        var snapshot = book.Snapshot;
        var moves = new Dictionary<int, double>();
        foreach (var scope in Enum.GetValues<ShockScope>().OrderDescending())
            for (var i = 0; i < scenario.Prices.Length; i++)
                if (scenario.Prices[i].On == scope)
                    foreach (var row in Reached(scenario, i, snapshot)) moves[row] = (double)scenario.Prices[i].Move;
        var suspended = SuspendedNow(scenario, snapshot);
        return scenario.Replay is { } replay
            ? [.. Replay(scenario, replay, snapshot, history ?? snapshot, moves, suspended)]
            : [new StressStep(null, [.. Enumerable.Range(0, suspended.Length).Select(row => moves.GetValueOrDefault(row))], suspended)];
    }

    /// <summary>The node of a party or broker a scenario names.</summary>
    internal static int NodeOf(Scenario scenario, string field, Snapshot snapshot, string? type, string name)
    {
        var node = NodeId.TryParse(type is null ? name : $"{type}/{name}", out var id) ? snapshot.Nodes.Find(id) : -1;
        return node >= 0 ? node : throw new ScenarioException(scenario.Name, field, $"there is no '{name}'.");
    }

    private static int[] Reached(Scenario scenario, int shock, Snapshot snapshot)
    {
        var (on, name) = (scenario.Prices[shock].On, scenario.Prices[shock].Name);
        var field = $"prices[{shock}].name";
        if (on == ShockScope.Security) return [snapshot.Nodes.RowOf(NodeOf(scenario, field, snapshot, "Security", name!))];
        var all = snapshot.Nodes.OfType("Security").ToArray();
        int[] reached = [.. all.Where(node => on == ShockScope.Market
            || (on == ShockScope.Index ? snapshot.Nodes.GetString(node, "indexMember") : IndustryOf(snapshot, node)) == name).Select(node => snapshot.Nodes.RowOf(node))];
        return reached.Length > 0 || on == ShockScope.Market ? reached
            : throw new ScenarioException(scenario.Name, field, $"no security is of the {on.ToString().ToLowerInvariant()} '{name}'.");
    }

    /// <summary>The industry a security states, else its issuer's.</summary>
    private static string? IndustryOf(Snapshot snapshot, int security)
    {
        if (snapshot.Nodes.GetString(security, "industry") is { } stated) return stated;
        foreach (var issuer in snapshot.Relationship("ISSUED").In.Neighbours(security))
            if (snapshot.Nodes.GetString(issuer, "industry") is { } industry) return industry;
        return null;
    }

    private static bool[] SuspendedNow(Scenario scenario, Snapshot snapshot)
    {
        var stated = TruthColumn.Of(snapshot, "Security", "suspended");
        bool[] suspended = [.. Enumerable.Range(0, snapshot.Nodes.RowCount("Security")).Select(row => scenario.Replay is null && stated[row] == true)];
        for (var i = 0; i < scenario.Suspended.Length; i++)
            suspended[snapshot.Nodes.RowOf(NodeOf(scenario, $"suspended[{i}]", snapshot, "Security", scenario.Suspended[i]))] = true;
        return suspended;
    }

    private static IEnumerable<StressStep> Replay(
        Scenario scenario, PriceReplay replay, Snapshot book, Snapshot history, Dictionary<int, double> instead, bool[] named)
    {
        var close = NumberColumn.Of(history, "Security", "close");
        int[] rows = [.. Enumerable.Range(0, named.Length).Select(row => history.Nodes.Find(book.Nodes.IdOf(book.Nodes.NodeInRow("Security", row))) is >= 0 and var node ? history.Nodes.RowOf(node) : -1)];
        var traded = new SortedSet<int>(rows.Where(row => row >= 0).SelectMany(row => close.Days(row).ToArray()));
        RequireData(traded, replay.From, "replay.from");
        RequireData(traded, replay.To, "replay.to");
        var last = replay.From.DayNumber;
        for (var day = last; day < replay.To.DayNumber;)
        {
            day = replay.EveryDays is { } length ? Math.Min(replay.To.DayNumber, day + length) : replay.To.DayNumber;
            var open = traded.GetViewBetween(traded.Min, day).Max;
            var (moves, suspended) = (new double[rows.Length], new bool[rows.Length]);
            for (var row = 0; row < rows.Length; row++)
            {
                var move = rows[row] < 0 ? double.NaN : (close.At(rows[row], day) / close.At(rows[row], last)) - 1;
                moves[row] = instead.TryGetValue(row, out var other) ? (last == replay.From.DayNumber ? other : 0) : Numbers.OrZero(move);
                suspended[row] = named[row] || rows[row] < 0 || close.Days(rows[row]).BinarySearch(open) < 0;
            }

            yield return new StressStep(DateOnly.FromDayNumber(day), moves, suspended);
            last = day;
        }

        void RequireData(SortedSet<int> days, DateOnly day, string field)
        {
            if (days.Count == 0 || day.DayNumber < days.Min || day.DayNumber > days.Max)
                throw new ScenarioException(scenario.Name, field, days.Count == 0 ? "there are no prices."
                    : $"there are no prices on {day:yyyy-MM-dd}; they reach from {DateOnly.FromDayNumber(days.Min):yyyy-MM-dd} to {DateOnly.FromDayNumber(days.Max):yyyy-MM-dd}.");
        }
    }
}
