using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Scoring.Scores;

/// <summary>The default a client is in.</summary>
/// <param name="Contract">Id of the contract; null where the event that says so names none.</param>
/// <param name="Since">Day of the default; null where only the contract's status tells it.</param>
/// <param name="CuredOn">Day on which it was cured, while the time of probation runs; null before.</param>
public sealed record ClientDefault(NodeId? Contract, DateOnly? Since, DateOnly? CuredOn);

/// <summary>
/// Who is in default is not foreseen to be: its probability is 1, its score the least of the scale, its grade the last. What the
/// model would have said stays in the parts, and one reason of the client's own makes up the difference, so that parts add up
/// for everyone.
/// </summary>
internal static class InDefault
{
    private static readonly FeatureGroup Chapter = FeatureGroup.Conduct;

    /// <summary>The default of a client; null where it is performing.</summary>
    public static ClientDefault? Of(MarketReading market, int node) => market.Defaults.Of(node) is { } state
        ? new ClientDefault(state.Contract < 0 ? null : market.Snapshot.Nodes.IdOf(state.Contract), state.Since, state.CuredOn)
        : null;

    /// <summary>The score of a client in default.</summary>
    public static CreditScore Apply(CreditScore foreseen, ClientDefault known, CreditModel model)
    {
        var least = model.Definition.Scaling.Lowest;
        var taken = least - foreseen.Points;
        var reason = new Reason(
            CreditScore.InDefaultReason, TextCatalogue.English["collected.in_default"], Chapter.Name, Chapter.Scope, 1, double.PositiveInfinity, taken, ReasonText.English.Default(known, taken), Sensitivity.Confidential)
        { Kind = ReasonKind.InDefault };
        return foreseen with
        {
            ProbabilityOfDefault = 1,
            Score = least,
            Grade = model.Grades.Of(1),
            Points = least,
            OwnPoints = foreseen.OwnPoints + taken,
            Groups = [.. foreseen.Groups.Select(group => group.Name == Chapter.Name ? group with { Points = group.Points + taken } : group)],
            Reasons = [reason, .. foreseen.Reasons],
            Default = known,
            IsGradeCapped = false,
        };
    }

    /// <summary>The line of a client in default.</summary>
    public static ScoreLine Apply(ScoreLine foreseen, CreditModel model)
    {
        var least = model.Definition.Scaling.Lowest;
        return foreseen with
        {
            ProbabilityOfDefault = 1,
            Score = least,
            Grade = model.Grades.Of(1).Name,
            OwnPoints = least - foreseen.BaselinePoints - foreseen.ContagionPoints,
        };
    }
}
