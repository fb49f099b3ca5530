using System.Collections.Immutable;

namespace GraphRisk.Workflow.Warnings.Rules;

/// <summary>Kinds of conditions; what each means is a row of <see cref="WarningConditions"/>.</summary>
public enum WarningConditionKind
{
    /// <summary>The figure of the day is held against the limit.</summary>
    Level,

    /// <summary>The figure of the day, less that of so many trading days before, is held against the limit.</summary>
    Change,

    /// <summary>The figure, days since something happened, tells that it happened after the day so many trading days before.</summary>
    New,

    /// <summary>The figure of each of so many trading days, the day among them, is held against the limit.</summary>
    Held,
}

/// <summary>How a figure is held against a limit.</summary>
public enum WarningOperator
{
    Below,
    AtOrBelow,
    AtOrAbove,
    Above,
}

/// <summary>How urgent a warning is, ascending; the names in upper case are those of the schema.</summary>
public enum WarningSeverity
{
    Notice,
    Serious,
    Critical,
}

/// <summary>A rule's name as people read it.</summary>
public sealed record WarningTitle(string En, string Zh);

/// <summary>One rule of early warning: a condition over figures of days, and what follows when it is met.</summary>
/// <param name="Name">Stable name: lower case and hyphens.</param>
/// <param name="Kind">What sort of condition.</param>
/// <param name="Figure">Name of a figure (<see cref="Figures.WarningFigures"/>), or of a feature of the score.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="CoolDownDays">Calendar days after a sign during which the same client is not warned of by the same rule again, from 1.</param>
/// <param name="Team">Team that owns it.</param>
/// <param name="EscalatesTo">Team it goes to where nobody takes it in time.</param>
/// <param name="TakeWithinDays">Working days in which it has to be taken, from 1.</param>
/// <param name="Title">As shown.</param>
public sealed record WarningRule(
    string Name, WarningConditionKind Kind, string Figure, WarningSeverity Severity, int CoolDownDays, string Team, string EscalatesTo, int TakeWithinDays, WarningTitle Title)
{
    /// <summary>How the figure is held against the limit; of <see cref="WarningConditionKind.New"/> null.</summary>
    public WarningOperator? Operator { get; init; }

    /// <summary>What it is held against, in the figure's unit; of <see cref="WarningConditionKind.New"/> null.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Trading days, from 1; of <see cref="WarningConditionKind.Level"/> null.</summary>
    public int? Days { get; init; }
}

/// <summary>The rules in force.</summary>
/// <param name="Version">The first twelve digits of the SHA-256 of their text.</param>
/// <param name="Rows">The rules, in their order.</param>
public sealed record WarningRules(string Version, ImmutableArray<WarningRule> Rows)
{
    /// <summary>Those that look at the day itself and at none before, which takes one day's figures; a version of their own, with <c>/day</c> behind it.</summary>
    public WarningRules OfTheDay() => new($"{Version}/day", [.. Rows.Where(rule => WarningConditions.LooksAt(rule).All(back => back == 0))]);

    /// <summary>The rule of a name; null where there is none.</summary>
    public WarningRule? Find(string name) => Rows.FirstOrDefault(rule => rule.Name == name);
}
