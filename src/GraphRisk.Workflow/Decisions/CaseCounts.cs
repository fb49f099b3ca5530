using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Credit;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Monitoring;

namespace GraphRisk.Workflow.Decisions;

/// <summary>
/// What people did with a model, for its report: decisions made with its score before them, followed to what became of the clients, and complaints. Counts of
/// clients, none of whom is named; who decided and why stands in the cases.
/// </summary>
public static class CaseCounts
{
    /// <summary>Decisions on applications whose briefing rested on a model's score, by what was advised and what was decided.</summary>
    /// <param name="latest">A reading as of a day after everything that is to be counted.</param>
    /// <param name="model">Version of the model.</param>
    /// <param name="meter">Charged a node a move.</param>
    public static ImmutableArray<AdvisedDecisions> Advised(MarketReading latest, string model, WorkMeter meter)
    {
        var (snapshot, outcomes, found) = (latest.Snapshot, new DefaultHistory(latest), new List<(string Advice, string Decision, bool IsAgainst, Counted Client, bool Defaulted)>());
        var nodes = snapshot.Nodes;
        foreach (var move in nodes.OfType(CaseFacts.MoveType))
        {
            meter.ChargeNode(1);
            if (nodes.GetBoolean(move, "againstAdvice") is not { } against || End(snapshot, "RESTS_ON", move) is not { } paper || nodes.GetString(paper, "modelVersion") != model) continue;
            if (End(snapshot, "MOVE_OF", move) is not { } one || CountedOf(snapshot, one) is not { } client) continue;
            var day = WorkingCalendar.DayOf(nodes.Get(move, "at")!.Value.AsDateTime());
            found.Add((nodes.GetString(paper, "advice")!, nodes.GetString(move, "move")!, against, client, outcomes.FirstAfter(client.Client, day).Default is not null));
        }

        return
        [
            .. found.GroupBy(row => (row.Advice, row.Decision, row.IsAgainst)).OrderBy(group => group.Key.Advice, StringComparer.Ordinal).ThenBy(group => group.Key.Decision, StringComparer.Ordinal)
                .ThenBy(group => group.Key.IsAgainst)
                .Select(group => new AdvisedDecisions(
                    group.Key.Advice, group.Key.Decision, group.Key.IsAgainst, CrowdOf(group.Select(row => row.Client)), CrowdOf(group.Where(row => row.Defaulted).Select(row => row.Client)))),
        ];
    }

    /// <summary>Complaints filed from a day on, by what they are about, their cause and their outcome.</summary>
    /// <param name="snapshot">A snapshot as of a day after everything that is to be counted.</param>
    /// <param name="from">The first day.</param>
    /// <param name="meter">Charged a node a complaint.</param>
    public static ImmutableArray<ComplaintCount> Complaints(Snapshot snapshot, DateOnly from, WorkMeter meter)
    {
        var (nodes, found) = (snapshot.Nodes, new List<(string About, string Cause, string Outcome, Counted Client)>());
        foreach (var complaint in nodes.OfType(CaseKind.Complaint.NodeType))
        {
            meter.ChargeNode(1);
            if (!(nodes.Get(complaint, "filedOn")?.AsDate() >= from) || CountedOf(snapshot, complaint) is not { } client) continue;
            found.Add((nodes.GetString(complaint, "about")!, nodes.GetString(complaint, "cause") ?? "", OutcomeOf(nodes.GetString(complaint, "state")!), client));
        }

        return
        [
            .. found.GroupBy(row => (row.About, row.Cause, row.Outcome)).OrderBy(group => group.Key.About, StringComparer.Ordinal).ThenBy(group => group.Key.Cause, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Outcome, StringComparer.Ordinal)
                .Select(group => new ComplaintCount(group.Key.About, group.Key.Cause, group.Key.Outcome, CrowdOf(group.Select(row => row.Client)))),
        ];
    }

    /// <summary>A client, and the broker that decides; none where the supervisor does.</summary>
    private readonly record struct Counted(NodeId Client, string? Broker);

    private static Counted? CountedOf(Snapshot snapshot, int one) =>
        End(snapshot, "CASE_OF", one) is { } client ? new Counted(snapshot.Nodes.IdOf(client), End(snapshot, "HANDLED_BY", one) is { } broker ? snapshot.Nodes.IdOf(broker).Key : null) : null;

    private static int? End(Snapshot snapshot, string relationship, int node) => snapshot.Relationship(relationship).Out.Neighbours(node) is [var end, ..] ? end : null;

    private static string OutcomeOf(string state) => OpenDisputes.States.Contains(state) ? "OPEN" : state.Replace("_ARCHIVED", "", StringComparison.Ordinal);

    private static Crowd CrowdOf(IEnumerable<Counted> all)
    {
        var known = all.Distinct().ToList();
        return new Crowd(known.Select(one => one.Client).Distinct().Count(), [.. known.Where(one => one.Broker is not null).GroupBy(one => one.Broker).Select(group => group.Count()).OrderDescending()]);
    }
}
