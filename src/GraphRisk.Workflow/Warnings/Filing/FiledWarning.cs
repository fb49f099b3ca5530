using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Warnings.Filing;

/// <summary>A sign as it was filed.</summary>
/// <param name="Rule">Name of its rule.</param>
/// <param name="FoundOn">Day of the data on which it was met.</param>
/// <param name="Severity">How urgent it was.</param>
public readonly record struct FiledSign(string Rule, DateOnly FoundOn, WarningSeverity Severity);

/// <summary>A warning as it stands.</summary>
/// <param name="Id">Its node.</param>
/// <param name="Client">Node of its client in the snapshot it was read from.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Severity">The greatest urgency of its signs.</param>
/// <param name="Team">Whose it is.</param>
/// <param name="DueOn">Last day to take it; null where none is stated.</param>
/// <param name="SnoozedUntil">Day until which it was put off last; null where it never was.</param>
/// <param name="Signs">Its signs, by day, then by rule.</param>
public sealed record FiledWarning(
    NodeId Id, int Client, string State, WarningSeverity Severity, string Team, DateOnly? DueOn, DateOnly? SnoozedUntil, ImmutableArray<FiledSign> Signs)
{
    /// <summary>The team it goes to where nobody takes it: that of its most urgent sign's rule, of several the first; its own where the rules know none.</summary>
    public string NextTeam(WarningRules rules) =>
        Signs.OrderByDescending(sign => sign.Severity).Select(sign => rules.Find(sign.Rule)?.EscalatesTo).FirstOrDefault(team => team is not null) ?? Team;
}
