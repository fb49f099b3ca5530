using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Warnings.DryRun;

/// <summary>A client a round would have named.</summary>
/// <param name="Broker">Whose client.</param>
/// <param name="Day">On which day.</param>
/// <param name="Warning">By which rules and figures.</param>
/// <param name="DaysAhead">Trading days from it to the default that made it true; null where none came within the horizon.</param>
/// <param name="IsKnown">Whether the horizon has passed, or it came true: what is not known yet is neither right nor wrong.</param>
public sealed record NamedClient(NodeId Broker, DateOnly Day, ClientWarning Warning, int? DaysAhead, bool IsKnown);

/// <summary>How warnings did.</summary>
/// <param name="Named">Clients named, a client once a day it is named.</param>
/// <param name="Known">Of them those whose outcome is known.</param>
/// <param name="True">Of those, the ones that came true within the horizon.</param>
/// <param name="Foretold">Defaults by which these came true, each once: a client named on several days, or with a default after the window, is true each time, by one default.</param>
/// <param name="Defaults">Defaults of the window that could have been warned of in time.</param>
/// <param name="Warned">Of them those that were.</param>
public readonly record struct WarningScore(int Named, int Known, int True, int Foretold, int Defaults, int Warned)
{
    /// <summary>Part of the known ones that came true; null where there is none.</summary>
    public double? Precision => Known > 0 ? (double)True / Known : null;

    /// <summary>Part of the defaults that were warned of in time; null where there is none.</summary>
    public double? Recall => Defaults > 0 ? (double)Warned / Defaults : null;
}

/// <summary>How one rule did.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Named">Clients it named, alone or with others.</param>
/// <param name="Known">Of them those whose outcome is known.</param>
/// <param name="True">Of those, the ones that came true.</param>
/// <param name="MedianDaysAhead">The middle of the trading days by which it was ahead of defaults; null where it never was.</param>
/// <param name="LastWeek">Clients it named in the last five trading days.</param>
public sealed record RuleOutcome(string Rule, int Named, int Known, int True, int? MedianDaysAhead, int LastWeek);

/// <summary>The plain ratio rule that is as precise: whoever's ratio is at or below a line, lowest first.</summary>
/// <param name="Line">The line.</param>
/// <param name="Score">How it did.</param>
public sealed record RatioRule(decimal Line, WarningScore Score);

/// <summary>What rules would have said over some days, and what came of it.</summary>
/// <param name="From">First trading day.</param>
/// <param name="To">Last one.</param>
/// <param name="RulesVersion">By which rules.</param>
/// <param name="Policy">Capacity, horizon and lead they are judged by.</param>
/// <param name="Score">How all of them together did.</param>
/// <param name="Cut">Clients that met a rule and were beyond what a desk can work, a client once a day.</param>
/// <param name="Rules">Rule by rule.</param>
/// <param name="LastWeek">Whom they would have named in the last five trading days, by day, broker and rank.</param>
/// <param name="Ratio">Of all ratio rules at least as precise the one with most defaults warned of; null where none is as precise.</param>
/// <param name="MostPreciseRatio">The ratio rule that is most precise; null where none named anybody whose outcome is known.</param>
public sealed record DryRunReport(
    DateOnly From, DateOnly To, string RulesVersion, WarningPolicy Policy, WarningScore Score, int Cut, ImmutableArray<RuleOutcome> Rules,
    ImmutableArray<NamedClient> LastWeek, RatioRule? Ratio, RatioRule? MostPreciseRatio);
