using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Warnings.Filing;

namespace GraphRisk.Workflow.Warnings.Work;

/// <summary>
/// How brokers worked what they were warned of: a cohort of warnings, those found from a day to another, each followed through its moves up to the snapshot. So opened = resolved + false alarms +
/// open, always; escalated counts a way and not an end, and stands beside them. Time to take runs from the move that opened the warning to the first by which a person took it, in days of
/// twenty-four hours by the platform's clock; the median is that of the warnings taken so far, so a desk that takes the easy ones alone looks quick: read it beside those nobody has taken. Of an
/// even number it is the mean of the middle two.
/// <para>Rounds filed before rounds were kept tell of no cut: a broker without any has null. Cost: a step a warning, a sign and a move. Pure.</para>
/// </summary>
public static class WarningWork
{
    /// <summary>Key of the one row where warnings are not told apart.</summary>
    public const string Everything = "ALL";

    private const int Digits = 2;

    /// <summary>The rows, by broker, then by key: severities from the most urgent on. A broker without a warning or round in the days has none.</summary>
    /// <param name="snapshot">What is known of warnings, moves and rounds.</param>
    /// <param name="from">First day of the data on which one was found.</param>
    /// <param name="to">Last day.</param>
    /// <param name="by">How they are told apart.</param>
    /// <param name="meter">Charged a step a warning, sign and move.</param>
    public static ImmutableArray<WarningWorkRow> Of(Snapshot snapshot, DateOnly from, DateOnly to, WarningDivision by, WorkMeter meter)
    {
        var cohort = new List<(string Broker, string Key, Followed One)>();
        foreach (var node in snapshot.Nodes.OfType("Warning"))
        {
            meter.Charge(1);
            if (!IsWithin(snapshot.Nodes.GetDate(node, "foundOn"), from, to) || FiledWarnings.Read(snapshot, node) is not { } warning || BrokerOf(snapshot, "HANDLED_BY", node) is not { } broker) continue;
            var followed = Followed.Of(snapshot, node, warning, meter);
            foreach (var key in KeysOf(warning, by)) cohort.Add((broker, key, followed));
        }

        var rounds = by == WarningDivision.All ? RoundsOf(snapshot, from, to, meter) : [];
        var rows = cohort.GroupBy(one => (one.Broker, one.Key)).ToDictionary(group => group.Key, group => RowOf(group.Key.Broker, group.Key.Key, [.. group.Select(one => one.One)]));
        foreach (var (broker, (count, cut)) in rounds)
            rows[(broker, Everything)] = rows.GetValueOrDefault((broker, Everything), new WarningWorkRow(broker, Everything)) with { Rounds = count, Cut = cut };
        return [.. rows.Values.OrderBy(row => row.Broker, StringComparer.Ordinal).ThenByDescending(row => by == WarningDivision.Severity ? UrgencyOf(row.Key) : 0).ThenBy(row => row.Key, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> KeysOf(FiledWarning warning, WarningDivision by) => by switch
    {
        WarningDivision.Severity => [NameOf(warning.Severity)],
        WarningDivision.Rule => warning.Signs.Select(sign => sign.Rule).Distinct(),
        _ => [Everything],
    };

    private static string NameOf(Rules.WarningSeverity severity) => severity.ToString().ToUpperInvariant();

    private static int UrgencyOf(string severity) => (int)Enum.Parse<Rules.WarningSeverity>(severity, ignoreCase: true);

    private static WarningWorkRow RowOf(string broker, string key, List<Followed> all)
    {
        var waits = all.Where(one => one.DaysToTake is not null).Select(one => one.DaysToTake!.Value).Order().ToList();
        return new WarningWorkRow(broker, key)
        {
            Opened = all.Count,
            Taken = waits.Count,
            MedianDaysToTake = waits.Count > 0 ? decimal.Round((waits[(waits.Count - 1) / 2] + waits[waits.Count / 2]) / 2, Digits) : null,
            Resolved = all.Count(one => one.State == "RESOLVED"),
            FalseAlarms = all.Count(one => one.State == "FALSE_ALARM"),
            Escalated = all.Count(one => one.WasEscalated),
            Open = all.Count(one => one.IsOpen),
            Untaken = all.Count(one => one.IsOpen && one.DaysToTake is null),
        };
    }

    private static Dictionary<string, (int Count, long Cut)> RoundsOf(Snapshot snapshot, DateOnly from, DateOnly to, WorkMeter meter)
    {
        var rounds = new Dictionary<string, (int Count, long Cut)>(StringComparer.Ordinal);
        foreach (var node in snapshot.Nodes.OfType(RoundFacts.NodeType))
        {
            meter.Charge(1);
            if (!IsWithin(snapshot.Nodes.GetDate(node, "foundOn"), from, to) || BrokerOf(snapshot, "ROUND_OF", node) is not { } broker) continue;
            var (count, cut) = rounds.GetValueOrDefault(broker);
            rounds[broker] = (count + 1, cut + snapshot.Nodes.Get(node, "cut")!.Value.AsInteger());
        }

        return rounds;
    }

    private static bool IsWithin(DateOnly? day, DateOnly from, DateOnly to) => day >= from && day <= to;

    private static string? BrokerOf(Snapshot snapshot, string relationship, int node) =>
        snapshot.Relationship(relationship).Out.Neighbours(node) is [var broker, ..] ? snapshot.Nodes.IdOf(broker).Key : null;

    /// <summary>One warning through its moves.</summary>
    private sealed record Followed(string State, bool WasEscalated, decimal? DaysToTake)
    {
        public bool IsOpen => !CaseKind.Warning.Table.IsFinal(State);

        public static Followed Of(Snapshot snapshot, int node, FiledWarning warning, WorkMeter meter)
        {
            var (nodes, wasEscalated) = (snapshot.Nodes, false);
            DateTimeOffset? opened = null, taken = null;
            meter.Charge(warning.Signs.Length);
            foreach (var move in meter.Along(snapshot.Relationship("MOVE_OF").In.Neighbours(node).ToArray().Distinct()))
            {
                var (name, at) = (nodes.GetString(move, "move"), nodes.Get(move, "at")!.Value.AsDateTime());
                wasEscalated |= name == "escalate";
                if (name == "warn") opened = at;
                if (name == "take" && !(taken <= at)) taken = at;
            }

            return new Followed(warning.State, wasEscalated, opened is { } start && taken is { } end ? (decimal)(end - start).Ticks / TimeSpan.TicksPerDay : null);
        }
    }
}
