using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership.Charts;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Intake.Export;

/// <summary>What of a chart the standard has no words for, or what is read back otherwise than it stands.</summary>
internal sealed class BodsUnsaid
{
    public BodsUnsaid(Snapshot snapshot, OwnershipChart chart, BodsNominations nominations)
    {
        var holds = snapshot.Relationship("HOLDS");
        bool Has(int edge, string field) => holds.Get(edge, field) is not null;
        (int Count, string Text)[] all =
        [
            (chart.Agreements.Length, "agreement(s) to act in concert or to vote by proxy bind parties of the chart: {0}. Control by them is not in the statements."),
            (chart.Holdings.Count(holding => holds.GetDecimal(holding.Edge, "share") is null && holds.GetDecimal(holding.Edge, "shareMin") is not null && IsWhole(holding.Edge, "share")), "range(s) end at the whole: it is read back as a range without an upper end, whose best guess is its lower end."),
            (chart.Holdings.Count(holding => holds.GetDecimal(holding.Edge, "votes") is null && holds.GetDecimal(holding.Edge, "votesMin") is not null && IsWhole(holding.Edge, "votes")), "range(s) of votes end at the whole: each is read back as one without an upper end."),
            (nominations.Unnamed, "holding(s) are a nominee's for nobody who is named: each is stated as the nominee's own."),
            (nominations.WithoutHolding, "tie(s) name for whom a person holds that holds nothing as nominee here; they are left out."),
            (chart.Parties.Count(party => BodsParties.WithoutType.Contains(snapshot.Nodes.Get(party, "kind")?.AsString())), "organisation(s) are partnerships, funds or vessels, which the standard knows no type of."),
            (chart.Holdings.Count(holding => Has(holding.Edge, "amount") || Has(holding.Edge, "shareClass")), "holding(s) have an amount or a class of shares, which is left out."),
            (chart.Holdings.Length, "holding(s) are stated as they are on the day of the statements; since when is left out."),
            (chart.IsComplete ? 0 : 1, "end of the chart is a limit of what was asked for, not of what is held."),
        ];
        Sentences = [.. all.Where(one => one.Count > 0).Select(one => FormattableString.Invariant($"{one.Count} ") + string.Format(
            System.Globalization.CultureInfo.InvariantCulture, one.Text, string.Join(", ", chart.Agreements.Select(agreement => snapshot.Nodes.IdOf(agreement.Node)))))];

        bool IsWhole(int edge, string number) => holds.GetDecimal(edge, $"{number}Max") is { } most && most >= 1 && holds.Get(edge, $"{number}MaxOpen")?.AsBoolean() != true;
    }

    /// <summary>One sentence a kind, with how many there are.</summary>
    public ImmutableArray<string> Sentences { get; }
}
